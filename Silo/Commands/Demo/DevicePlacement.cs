using NodaTime;

namespace OrleansBilling.Silo.Commands.Demo;

/// <summary>Which subscription a device belongs to, from which instants on; at least one, in order of time.</summary>
internal sealed record DevicePlacement(string Device, IReadOnlyList<(string Subscription, Instant From)> Assignments);
