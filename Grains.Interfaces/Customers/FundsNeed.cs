namespace OrleansBilling.Contracts.Customers;

/// <summary>What a subscription can come to at most: its running bill, and what is reserved of it. Cumulative: the newest replaces.</summary>
/// <param name="Epoch">Of the owner of the subscription that tells it.</param>
/// <param name="Number">Counted by that owner; the one with the higher epoch, then number, is newer.</param>
/// <param name="Periods">Periods that the customer may not have taken yet.</param>
[GenerateSerializer, Immutable, Alias("billing.funds-need")]
public sealed record FundsNeed(
    [property: Id(0)] string Subscription,
    [property: Id(1)] long Epoch,
    [property: Id(2)] long Number,
    [property: Id(3)] PeriodNeed[] Periods)
{
    /// <summary>Whether it was told after another one.</summary>
    public bool IsNewerThan(FundsNeed other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return (Epoch, Number).CompareTo((other.Epoch, other.Number)) > 0;
    }
}
