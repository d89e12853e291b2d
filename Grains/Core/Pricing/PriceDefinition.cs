namespace OrleansBilling.Core.Pricing;

/// <summary>A price model with its parameters; only those of the model are set.</summary>
public sealed record PriceDefinition
{
    /// <summary>The model.</summary>
    public required PriceModel Model { get; init; }

    /// <summary>Of <see cref="PriceModel.Flat"/>: major units; may be negative (a credit).</summary>
    public decimal? Amount { get; init; }

    /// <summary>Of <see cref="PriceModel.PerUnit"/>: per priced unit.</summary>
    public decimal? UnitPrice { get; init; }

    /// <summary>Of graduated, volume and stairstep prices: ascending, the last one unbounded.</summary>
    public IReadOnlyList<TierDefinition>? Tiers { get; init; }

    /// <summary>What the bounds of the tiers refer to.</summary>
    public TierBounds TierBounds { get; init; }

    /// <summary>Whether the first tier's flat fee is due without any usage.</summary>
    public bool FirstFlatAtZero { get; init; }

    /// <summary>Of <see cref="PriceModel.Package"/>: priced units in a package; above zero.</summary>
    public decimal? PackageSize { get; init; }

    /// <summary>Of <see cref="PriceModel.Package"/>: per package begun.</summary>
    public decimal? PackagePrice { get; init; }

    /// <summary>Of <see cref="PriceModel.Package"/>: priced units before the first package; null is none.</summary>
    public decimal? FreeUnits { get; init; }
}
