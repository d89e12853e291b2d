namespace OrleansBilling.Core.Taxation.Data;

/// <summary>A part of a country with other rules, which are not in the data.</summary>
internal sealed record TerritoryEntry
{
    public string? Name { get; init; }

    /// <summary>Beginnings of postal codes, without spaces.</summary>
    public IReadOnlyList<string>? PostalCodes { get; init; }

    /// <summary>ISO 3166-2.</summary>
    public IReadOnlyList<string>? Regions { get; init; }
}
