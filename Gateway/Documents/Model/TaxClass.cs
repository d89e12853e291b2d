namespace OrleansBilling.Documents;

/// <summary>How a line, an allowance or a charge is taxed.</summary>
/// <param name="Category">BT-151 of a line, BT-95 of an allowance, BT-102 of a charge.</param>
/// <param name="Rate">Per cent, 19 for nineteen per cent (BT-152, BT-96, BT-103): above zero for
/// <see cref="TaxCategory.Standard"/>, zero or more for L and M, zero for Z, E, AE, K and G, and ignored for
/// <see cref="TaxCategory.OutsideScope"/>.</param>
public sealed record TaxClass(TaxCategory Category, decimal Rate = 0m);
