namespace OrleansBilling.Core.Taxation.Data;

/// <summary>A jurisdiction in a file.</summary>
internal sealed record JurisdictionEntry
{
    /// <summary>ISO 3166-1 or 3166-2.</summary>
    public string? Code { get; init; }

    /// <summary>Which rules decide, e.g. <c>eu</c>; of a part of a country that of the country.</summary>
    public string? Scheme { get; init; }

    /// <summary>For taxes of which rates change: <c>supply_end</c>, <c>invoice_date</c>, <c>end_or_invoice</c>, <c>split</c> or
    /// <c>streamlined</c>.</summary>
    public string? TaxPoint { get; init; }

    /// <summary>Law behind <see cref="TaxPoint"/>: a key of the sources.</summary>
    public string? TaxPointSource { get; init; }

    /// <summary>Whether law allows one rounding per rate and invoice only.</summary>
    public bool RoundsPerInvoice { get; init; }

    /// <summary>Further codes of the same tax territory, such as <c>MC</c> of <c>FR</c>.</summary>
    public IReadOnlyList<string>? Also { get; init; }

    public IReadOnlyList<TerritoryEntry>? Territories { get; init; }

    public IReadOnlyList<ShownInEntry>? ShownIn { get; init; }

    public IReadOnlyList<TaxEntry>? Taxes { get; init; }
}
