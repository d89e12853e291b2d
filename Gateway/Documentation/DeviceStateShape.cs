namespace OrleansBilling.Gateway.Documentation;

/// <summary>What becomes of usage in a state, or how a device in it becomes active by itself.</summary>
/// <param name="State">inventory, test, activationReady, standby or suspended.</param>
/// <param name="Usage">Of inventory, standby and suspended: quarantined or billed.</param>
/// <param name="ActivateAfterDays">Of test and activationReady: local days after which the device is active.</param>
/// <param name="ActivateAfterMonths">The same in months; give one of the two.</param>
/// <param name="Free">Of test: what costs nothing; usage beyond it, and of other meters, makes the device active.</param>
internal sealed record DeviceStateShape(
    string State, string? Usage, int? ActivateAfterDays, int? ActivateAfterMonths, FreeUsageShape[]? Free);

/// <summary>What a device in test may use of a meter.</summary>
/// <param name="Meter">Its id.</param>
/// <param name="Quantity">In the meter's unit, over the whole time in the state.</param>
internal sealed record FreeUsageShape(string Meter, decimal Quantity);
