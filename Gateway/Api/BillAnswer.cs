using NodaTime;
using OrleansBilling.Contracts.Customers;
using OrleansBilling.Contracts.Invoicing;
using OrleansBilling.Core.Balances;
using OrleansBilling.Core.Invoicing;

namespace OrleansBilling.Gateway.Api;

/// <summary>What a customer would owe if everything closed now.</summary>
/// <param name="AsOf">The tenant's clock.</param>
/// <param name="Total">Sum of the lines: before tax, or with it where the seller's prices include it.</param>
/// <param name="Wallets">Every wallet, with what the bill will draw from it.</param>
/// <param name="CreditApplied">What earlier invoices below zero will lower it by.</param>
/// <param name="WalletDraws">What wallets will pay of which line, in the order of drawing.</param>
/// <param name="AmountDue">The total with tax, less that credit and what wallets will pay.</param>
/// <param name="TaxTotal">What the taxes will be if nothing more happens.</param>
/// <param name="GrossTotal">Total with tax.</param>
/// <param name="TaxHolds">Why some taxes are not known: they count as nothing, and the invoice will wait.</param>
internal sealed record BillAnswer(
    string Customer, string Currency, Instant AsOf, string Total, InvoiceLine[] Lines, WalletBalance[] Wallets, string CreditApplied,
    string AmountDue, WalletDraw[] WalletDraws, string TaxTotal, string GrossTotal, InvoiceHold[] TaxHolds)
{
    public static BillAnswer Of(RunningBill bill) =>
        new(bill.Customer, bill.Currency, bill.AsOf, Amount.Format(bill.Total, bill.Currency), bill.Lines, bill.Wallets ?? [],
            Amount.Format(bill.CreditApplied ?? 0m, bill.Currency), Amount.Format(bill.AmountDue ?? bill.Total, bill.Currency), bill.WalletDraws ?? [],
            Amount.Format(bill.Tax?.Tax ?? 0m, bill.Currency), Amount.Format(bill.Tax?.Gross ?? bill.Total, bill.Currency), bill.Tax?.Holds ?? []);
}
