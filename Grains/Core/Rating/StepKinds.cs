namespace OrleansBilling.Core.Rating;

/// <summary>The stable kinds of <see cref="RatingStep"/>.</summary>
public static class StepKinds
{
    /// <summary>Quantity times unit price, a fixed amount, packages, or a bracket's price.</summary>
    public const string Price = "price";

    /// <summary>A tier's units at its price.</summary>
    public const string Tier = "tier";

    /// <summary>A tier's flat fee.</summary>
    public const string FlatFee = "flatFee";

    /// <summary>A fixed fee for each event.</summary>
    public const string EventFee = "eventFee";

    /// <summary>Units that cost nothing.</summary>
    public const string Free = "free";

    /// <summary>Units that the devices of the subscription bring.</summary>
    public const string Pool = "pool";

    /// <summary>Units that a pack of the subscription covers.</summary>
    public const string Pack = "pack";

    /// <summary>Units of devices beyond what they may use of pools; they are in the price of the rest.</summary>
    public const string DeviceLimit = "deviceLimit";

    /// <summary>The share of the period that is not due.</summary>
    public const string Proration = "proration";

    /// <summary>The percentage taken off.</summary>
    public const string Discount = "discount";

    /// <summary>What was added to reach the minimum.</summary>
    public const string Minimum = "minimum";

    /// <summary>What was taken off above the maximum.</summary>
    public const string Maximum = "maximum";

    /// <summary>What other lines of the bill come to.</summary>
    public const string Charges = "charges";

    /// <summary>The part of a discount that nothing was left for.</summary>
    public const string Limit = "limit";

    /// <summary>Says that a term is the subscription's own and not its plan's; adds nothing.</summary>
    public const string Agreed = "agreed";

    /// <summary>Says that a term is that of a phase of the plan; adds nothing.</summary>
    public const string Phase = "phase";

    /// <summary>Says what is counted: the meter's expression for the value of an event, the charge's filter; adds nothing.</summary>
    public const string Derived = "derived";

    /// <summary>What is not due in a trial.</summary>
    public const string Trial = "trial";

    /// <summary>Fees that would have been due until the end of the term.</summary>
    public const string Remaining = "remaining";

    /// <summary>What rounding to the minor unit changed.</summary>
    public const string Rounding = "rounding";

    /// <summary>What an earlier invoice already billed.</summary>
    public const string BilledBefore = "billedBefore";

    /// <summary>What the period costs with late usage.</summary>
    public const string RatedAgain = "ratedAgain";

    /// <summary>Quantity that rounding added, before it was priced; less than zero for what it took off.</summary>
    public const string QuantityRounding = "quantityRounding";
}
