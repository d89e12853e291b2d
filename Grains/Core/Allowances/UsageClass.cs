namespace OrleansBilling.Core.Allowances;

/// <summary>Usage that the same allowances can take and the same price is for.</summary>
/// <param name="Row">The price: a row of the matrix, else 0.</param>
/// <param name="Scopes">A bit for each scope of the charge's allowances that it is in.</param>
internal readonly record struct UsageClass(int Row, int Scopes);
