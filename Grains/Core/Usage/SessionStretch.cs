namespace OrleansBilling.Core.Usage;

/// <summary>A part of a session between two of its records, or what is used at one of them.</summary>
/// <param name="Usage">When and how much; in the meter's unit.</param>
/// <param name="Dimensions">Those of the record that ends it, and what that leaves out from the record that began the session.</param>
/// <param name="Begins">Whether it only marks the session's first instant, with no quantity.</param>
public readonly record struct SessionStretch(UsageStretch Usage, KeyValuePair<string, string>[] Dimensions, bool Begins = false)
{
    /// <summary>Whether both are the same usage.</summary>
    public bool Is(in SessionStretch other) =>
        Usage == other.Usage && Begins == other.Begins && Dimensions.AsSpan().SequenceEqual(other.Dimensions);
}
