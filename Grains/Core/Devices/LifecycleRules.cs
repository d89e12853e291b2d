using NodaTime;

namespace OrleansBilling.Core.Devices;

/// <summary>How a device that is in test or ready for activation becomes active by itself; settled when it gets the state.</summary>
/// <param name="ActivateAt">When its time is up; null for never.</param>
/// <param name="Free">What it may use in the state without becoming active; usage of other meters makes it active.</param>
public sealed record LifecycleRules(Instant? ActivateAt, IReadOnlyList<FreeUsage> Free);
