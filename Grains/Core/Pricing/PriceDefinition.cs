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

    /// <summary>Of <see cref="PriceModel.Percentage"/>: percent of the value.</summary>
    public decimal? RatePercent { get; init; }

    /// <summary>Of <see cref="PriceModel.Percentage"/>: major units for each event.</summary>
    public decimal? FixedFee { get; init; }

    /// <summary>Of percentage and dynamic prices: the least that one event costs; major units.</summary>
    public decimal? MinimumPerEvent { get; init; }

    /// <summary>Of percentage and dynamic prices: the most that one event costs; major units.</summary>
    public decimal? MaximumPerEvent { get; init; }

    /// <summary>Of <see cref="PriceModel.Percentage"/>: events of a period without the fixed fee; a whole number.</summary>
    public decimal? FreeEvents { get; init; }

    /// <summary>Of <see cref="PriceModel.Percentage"/>: value of a period that the rate does not apply to; major units.</summary>
    public decimal? FreeAmount { get; init; }

    /// <summary>Of <see cref="PriceModel.Dynamic"/>: percent added to what the event carries; null is none, negative takes
    /// off.</summary>
    public decimal? MarkupPercent { get; init; }

    /// <summary>Of <see cref="PriceModel.Matrix"/>.</summary>
    public MatrixDefinition? Matrix { get; init; }

    /// <summary>Whether each event is priced by itself, so that totals hold amounts and not only quantities.</summary>
    public bool PricesEvents => MinimumPerEvent is not null || MaximumPerEvent is not null;
}
