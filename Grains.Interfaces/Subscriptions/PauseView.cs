using NodaTime;

namespace OrleansBilling.Contracts.Subscriptions;

/// <summary>A stretch in which a subscription is paused.</summary>
/// <param name="Start">First instant that belongs to it.</param>
/// <param name="End">First instant that no longer does; null until it is resumed.</param>
/// <param name="Usage"><c>billed</c>, or <c>quarantined</c> as <c>subscription.paused</c>.</param>
[GenerateSerializer, Immutable, Alias("billing.pause")]
public sealed record PauseView(
    [property: Id(0)] Instant Start,
    [property: Id(1)] Instant? End,
    [property: Id(2)] string Usage);
