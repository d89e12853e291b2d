namespace OrleansBilling.Core.Rating;

/// <summary>Why an event cannot be rated; stable codes. Such an event is kept and can be rated again after the plan
/// is fixed.</summary>
public static class RatingReasons
{
    /// <summary>The plan's schedule has no price at the event's instant.</summary>
    public const string NoPriceAtTime = "rating.no_price_at_time";

    /// <summary>No row of the plan's matrix fits the event's dimensions, and it has no price otherwise.</summary>
    public const string NoPriceForDimensions = "rating.no_price_for_dimensions";

    /// <summary>No charge of the plan names the meter.</summary>
    public const string NoChargeForMeter = "rating.no_charge_for_meter";

    /// <summary>The exact amount does not fit a decimal.</summary>
    public const string Inexact = "rating.inexact";

    /// <summary>The quantity is beyond <see cref="Amounts.QuantityLimits"/>.</summary>
    public const string QuantityOutOfRange = "rating.quantity_out_of_range";

    /// <summary>The event lacks the dimension whose different values the meter counts.</summary>
    public const string DimensionMissing = "usage.dimension_missing";
}
