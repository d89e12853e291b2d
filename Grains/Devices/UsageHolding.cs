namespace OrleansBilling.Grains.Devices;

/// <summary>A change that is not decided: no usage of the subscription at or after an instant is rated before it is.</summary>
/// <param name="FromTicks">Unix ticks.</param>
internal sealed record UsageHolding(string Change, long FromTicks);
