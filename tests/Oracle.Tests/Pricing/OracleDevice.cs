using NodaTime;
using OrleansBilling.Core.Devices;

namespace OrleansBilling.Oracle.Pricing;

/// <summary>A device of the subscription: when it was in which state, in order and without overlaps; a gap is a time in which it
/// belonged to another one. An end may be <see cref="Instant.MaxValue"/>.</summary>
internal sealed record OracleDevice(string Id, IReadOnlyList<(Instant From, Instant To, LifecycleState State)> History);
