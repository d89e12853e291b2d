namespace OrleansBilling.Contracts.Invoicing;

/// <summary>Invoices of one currency.</summary>
/// <param name="Currency">ISO 4217.</param>
/// <param name="Count">Of invoices.</param>
/// <param name="Total">With tax, in major units.</param>
[GenerateSerializer, Immutable, Alias("billing.bill-run-sum")]
public sealed record BillRunSum(
    [property: Id(0)] string Currency, [property: Id(1)] long Count, [property: Id(2)] decimal Total)
{
    /// <summary>Of all currencies, in their order.</summary>
    public static BillRunSum[] Add(IEnumerable<BillRunSum> sums) =>
    [
        .. sums.GroupBy(s => s.Currency, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal)
            .Select(g => new BillRunSum(g.Key, g.Sum(s => s.Count), g.Sum(s => s.Total))),
    ];
}
