namespace OrleansBilling.Core.Pricing;

/// <summary>A reduction of a subscription's bill: a line of its own. Exactly one of percent and amount is set.</summary>
/// <param name="Id">Unique among the plan's charges and discounts.</param>
/// <param name="Name">Of its line on the bill.</param>
/// <param name="Percent">0 to 100, of what earlier discounts left.</param>
/// <param name="Amount">Major units off each period; never more than is left.</param>
/// <param name="Charges">Ids of the charges it is for; empty: the whole bill, minimum and maximum included.</param>
/// <param name="Periods">Billing periods from the subscription's first on; null: all of them.</param>
public sealed record DiscountDefinition(
    string Id, string Name, decimal? Percent, decimal? Amount, IReadOnlyList<string> Charges, int? Periods);
