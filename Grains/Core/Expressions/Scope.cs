namespace OrleansBilling.Core.Expressions;

/// <summary>One event while it is evaluated, and the first fault.</summary>
/// <param name="value">Of the event.</param>
/// <param name="dimensions">Of the event.</param>
internal struct Scope(decimal value, IReadOnlyList<KeyValuePair<string, string>> dimensions)
{
    internal decimal Value { get; } = value;

    /// <summary>Null while there is none.</summary>
    internal string? Code { get; private set; }

    internal int At { get; private set; }

    internal string? Subject { get; private set; }

    internal readonly string? Find(string name)
    {
        for (var i = 0; i < dimensions.Count; i++)
        {
            if (dimensions[i].Key == name)
            {
                return dimensions[i].Value;
            }
        }

        return null;
    }

    /// <summary>Always false, so that it can be returned.</summary>
    internal bool Fail<T>(string code, int at, string? subject, out T value)
    {
        (Code, At, Subject, value) = (code, at, subject, default!);
        return false;
    }
}
