using NodaTime;

namespace OrleansBilling.Contracts.Partitions;

/// <summary>A change of a subscription that is asked for and not decided.</summary>
/// <param name="Change">Names it.</param>
/// <param name="From">Usage from here on must not be rated before the decision.</param>
[GenerateSerializer, Immutable, Alias("billing.pending-change")]
public sealed record PendingChange([property: Id(0)] string Change, [property: Id(1)] Instant From);
