using OrleansBilling.Core.Amounts;

namespace OrleansBilling.Core.Taxation;

/// <summary>All amounts of one key.</summary>
/// <param name="Key">What they are.</param>
/// <param name="Taxable">Sum of the taxable amounts.</param>
/// <param name="Amount">Sum of the tax.</param>
/// <param name="Explanation">Why it is so.</param>
public sealed record TaxSubtotal(TaxKey Key, Money Taxable, Money Amount, TaxExplanation Explanation);
