namespace OrleansBilling.Core.Taxation.Data;

/// <summary>The currency in which the tax is shown too.</summary>
internal sealed record ShownInEntry
{
    public string? Currency { get; init; }

    public string? ValidFrom { get; init; }

    public string? ValidThrough { get; init; }

    public string? Source { get; init; }
}
