namespace OrleansBilling.Core.Pricing;

/// <summary>A row of a matrix.</summary>
/// <param name="Name">Unique in the matrix; shown on the bill.</param>
/// <param name="Keys">Every one must hold; a dimension without a key may have any value, or none.</param>
/// <param name="Price">Any model but another matrix.</param>
public sealed record MatrixRow(string Name, IReadOnlyList<WhereClause> Keys, PriceDefinition Price);
