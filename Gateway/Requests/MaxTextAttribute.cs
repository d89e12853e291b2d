namespace OrleansBilling.Gateway.Requests;

/// <summary>Longest text, in characters; of a list, most entries.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class MaxTextAttribute(int length) : Attribute
{
    public int Length { get; } = length;

    /// <summary>Of a list: most entries.</summary>
    public int Entries { get; init; } = int.MaxValue;
}
