namespace OrleansBilling.Core.Rating;

/// <summary>One step of how an amount came about. The amounts of all steps of a charge add up to its rounded
/// amount.</summary>
/// <param name="Text">A plain English fragment, e.g. <c>first 5 kWh</c>; not stable.</param>
/// <param name="Quantity">In <see cref="RatedCharge.Unit"/>, where the step prices one.</param>
/// <param name="UnitPrice">Per unit, where the step has one.</param>
/// <param name="Amount">Exact, in major units; negative for reductions.</param>
/// <param name="Kind">Stable: one of <see cref="StepKinds"/>.</param>
public sealed record RatingStep(string Text, decimal? Quantity, decimal? UnitPrice, decimal Amount, string Kind);
