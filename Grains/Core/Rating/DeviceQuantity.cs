namespace OrleansBilling.Core.Rating;

/// <summary>What one device's usage of a bucket counts for, in the meter's unit.</summary>
/// <param name="Counted">After the device's rounding.</param>
/// <param name="Added">How much of it the rounding added; less than zero for what it took off.</param>
public readonly record struct DeviceQuantity(decimal Counted, decimal Added);
