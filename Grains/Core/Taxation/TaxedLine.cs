using OrleansBilling.Core.Amounts;

namespace OrleansBilling.Core.Taxation;

/// <summary>A line with its taxes.</summary>
/// <param name="LineId">Of the request.</param>
/// <param name="Net">Without tax.</param>
/// <param name="Tax">All taxes of the line.</param>
/// <param name="Gross">With tax.</param>
/// <param name="Taxes">At least one. Several taxes of one part have the same <see cref="LineTax.Taxable"/>; parts that a rate change
/// separates have different <see cref="LineTax.Supply"/>, and their amounts add up to <paramref name="Net"/>.</param>
public sealed record TaxedLine(string LineId, Money Net, Money Tax, Money Gross, IReadOnlyList<LineTax> Taxes);
