namespace OrleansBilling.Core.Allowances;

/// <summary>What is there of an earlier period's pool.</summary>
/// <param name="Period">Index of the period whose own quantity it was.</param>
/// <param name="Quantity">In the meter's unit; above zero.</param>
public readonly record struct CarriedQuantity(int Period, decimal Quantity);
