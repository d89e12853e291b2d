using OrleansBilling.Core.Amounts;

namespace OrleansBilling.Core.Taxation;

/// <summary>One tax on one line, or on the part of it before or after a rate change.</summary>
/// <param name="Key">What it is; the same as its subtotal's.</param>
/// <param name="Supply">The days of the part.</param>
/// <param name="Taxable">The part's amount without tax.</param>
/// <param name="Amount">The tax. Rounded per invoice it is a share of the subtotal, by largest remainder.</param>
public sealed record LineTax(TaxKey Key, SupplyPeriod Supply, Money Taxable, Money Amount);
