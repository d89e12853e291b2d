namespace OrleansBilling.Core.Taxation.Data;

/// <summary>How classes of products are taxed in a time.</summary>
internal sealed record RateEntry
{
    public IReadOnlyList<string>? Classes { get; init; }

    /// <summary>Per cent, as text; absent where <see cref="Treatment"/> is given.</summary>
    public string? Rate { get; init; }

    /// <summary><c>exempt</c>, <c>zero</c>, <c>untaxed</c> or <c>reverse_charge</c> instead of a rate.</summary>
    public string? Treatment { get; init; }

    /// <summary>Key of the reason of a treatment.</summary>
    public string? Reason { get; init; }

    public string? Vatex { get; init; }

    /// <summary>First day.</summary>
    public string? ValidFrom { get; init; }

    /// <summary>Last day; absent while it lasts.</summary>
    public string? ValidThrough { get; init; }

    /// <summary>A key of the sources.</summary>
    public string? Source { get; init; }
}
