using NodaTime;

namespace OrleansBilling.Core.Subscriptions;

/// <summary>A stretch in which a subscription is paused: recurring fees are not due, and usage is kept back unless it is billed.</summary>
/// <param name="From">First instant that belongs to it.</param>
/// <param name="To">First instant that no longer does; null until it is resumed.</param>
/// <param name="BillsUsage">Whether usage is billed all the same.</param>
public sealed record SubscriptionPause(Instant From, Instant? To, bool BillsUsage)
{
    /// <summary>Whether an instant belongs to it.</summary>
    public bool Contains(Instant time) => time >= From && !(time >= To);

    /// <summary>The stretch.</summary>
    public Interval ToInterval() => new(From, To);
}
