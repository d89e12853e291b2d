namespace OrleansBilling.Core.Devices;

/// <summary>What a device may use of a meter in test without cost.</summary>
/// <param name="Meter">Its id; a meter that adds up what is reported.</param>
/// <param name="Quantity">In the meter's unit, over the whole time in the state.</param>
public sealed record FreeUsage(string Meter, decimal Quantity);
