using NodaTime;

namespace OrleansBilling.Oracle.Generation;

/// <summary>A stretch in which a subscription is paused; <see cref="Instant.MaxValue"/> until it is resumed.</summary>
internal sealed record Pause(Instant From, Instant To, bool BillsUsage);
