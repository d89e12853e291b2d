using NodaTime;
using OrleansBilling.Contracts.Customers;
using OrleansBilling.Core.Invoicing;

namespace OrleansBilling.Gateway.Api;

/// <summary>What a customer would owe if everything closed now.</summary>
/// <param name="AsOf">The tenant's clock.</param>
/// <param name="Total">Sum of the lines, before tax.</param>
internal sealed record BillAnswer(string Customer, string Currency, Instant AsOf, string Total, InvoiceLine[] Lines)
{
    public static BillAnswer Of(RunningBill bill) =>
        new(bill.Customer, bill.Currency, bill.AsOf, Amount.Format(bill.Total, bill.Currency), bill.Lines);
}
