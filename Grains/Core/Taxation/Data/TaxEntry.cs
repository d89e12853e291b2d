namespace OrleansBilling.Core.Taxation.Data;

/// <summary>A tax of a jurisdiction in a file.</summary>
internal sealed record TaxEntry
{
    /// <summary>E.g. <c>VAT</c>.</summary>
    public string? Tax { get; init; }

    public IReadOnlyList<RateEntry>? Rates { get; init; }
}
