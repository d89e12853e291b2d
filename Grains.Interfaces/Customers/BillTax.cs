using OrleansBilling.Contracts.Invoicing;

namespace OrleansBilling.Contracts.Customers;

/// <summary>Taxes of a running bill.</summary>
/// <param name="Tax">All of them, major units.</param>
/// <param name="Gross">Total with tax, major units.</param>
/// <param name="Holds">Why some of them are not known: they count as nothing, and the invoice will wait.</param>
[GenerateSerializer, Immutable, Alias("billing.bill-tax")]
public sealed record BillTax(
    [property: Id(0)] decimal Tax, [property: Id(1)] decimal Gross, [property: Id(2)] InvoiceHold[] Holds);
