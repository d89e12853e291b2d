namespace OrleansBilling.Core.Pricing;

/// <summary>How a quantity becomes an amount. Rules and examples: semantics, pricing models.</summary>
public enum PriceModel
{
    /// <summary>A fixed amount: for a usage charge, when there is any usage in the period.</summary>
    Flat = 0,

    /// <summary>Quantity times unit price; the unit price may be negative.</summary>
    PerUnit = 1,

    /// <summary>Each unit is priced in the tier it falls into; a tier's flat fee is due once the tier is
    /// entered.</summary>
    Graduated = 2,

    /// <summary>The tier that holds the whole quantity prices every unit.</summary>
    Volume = 3,

    /// <summary>Whole packages: <c>ceil(max(0, quantity - free) / size) * price</c>.</summary>
    Package = 4,

    /// <summary>One total price for the bracket that holds the quantity.</summary>
    Stairstep = 5,

    /// <summary>A percentage of money-valued usage and a fee for each transaction: with limits per transaction each event is
    /// priced by itself, otherwise the period's value and number of events are.</summary>
    Percentage = 6,

    /// <summary>Graduated tiers over the value of a period, each with a rate in percent.</summary>
    GraduatedPercentage = 7,

    /// <summary>The event carries the money; a markup is added to it, within limits per event.</summary>
    Dynamic = 8,

    /// <summary>A price of its own for each combination of dimensions.</summary>
    Matrix = 9,
}
