namespace OrleansBilling.Core.Devices;

/// <summary>An event of a device in test that is free so far.</summary>
/// <param name="UnixTicks">Its own time.</param>
/// <param name="Meter">Id of the meter.</param>
/// <param name="Quantity">In the meter's unit.</param>
/// <param name="Dimensions">Null for none.</param>
public sealed record TestUsage(long UnixTicks, string Meter, decimal Quantity, KeyValuePair<string, string>[]? Dimensions);
