using NodaTime;

namespace OrleansBilling.Silo.Commands.Demo;

/// <summary>A device that appears in the files, with its first and last event.</summary>
internal sealed record DeviceSpan(string Device, Instant First, Instant Last);
