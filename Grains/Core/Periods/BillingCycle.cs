namespace OrleansBilling.Core.Periods;

/// <summary>How often a subscription is billed.</summary>
/// <param name="Unit">What is counted.</param>
/// <param name="Count">How many make a period, 1 to <see cref="MaxCount"/>: 2 with months is every other month.</param>
public readonly record struct BillingCycle(CycleUnit Unit, int Count)
{
    /// <summary>Highest count.</summary>
    public const int MaxCount = 1_000;

    /// <summary>Every month; the default of plans.</summary>
    public static BillingCycle Monthly => new(CycleUnit.Month, 1);
}
