namespace OrleansBilling.Core.Pricing;

/// <summary>A dimension an event must have, with one of these values, for a charge to apply to it.</summary>
/// <param name="Dimension">Its name; compared exactly.</param>
/// <param name="Values">At least one; compared exactly.</param>
public sealed record WhereClause(string Dimension, IReadOnlyList<string> Values);
