using NodaTime;
using OrleansBilling.Core.Balances;
using OrleansBilling.Core.Invoicing;

namespace OrleansBilling.Contracts.Customers;

/// <summary>What the customer would owe if everything closed now.</summary>
/// <param name="AsOf">The tenant's clock.</param>
/// <param name="Total">Sum of the lines: before tax, or with it where the seller's prices include it.</param>
/// <param name="Wallets">The customer's wallets, in the order of opening; null from an earlier version.</param>
/// <param name="AmountDue">The total with tax, less what is carried forward and what wallets will pay; null from an earlier version, which knew no wallets.</param>
/// <param name="Tax">What the taxes will be if nothing more happens; null where none are charged.</param>
/// <param name="WalletDraws">What wallets will pay of which line, in the order of drawing; null for nothing.</param>
/// <param name="CreditApplied">What issued invoices below zero will lower it by; null for nothing.</param>
[GenerateSerializer, Immutable, Alias("billing.running-bill")]
public sealed record RunningBill(
    [property: Id(0)] string Customer,
    [property: Id(1)] string Currency,
    [property: Id(2)] Instant AsOf,
    [property: Id(3)] decimal Total,
    [property: Id(4)] InvoiceLine[] Lines,
    [property: Id(5)] WalletBalance[]? Wallets = null,
    [property: Id(6)] decimal? AmountDue = null,
    [property: Id(7)] decimal? CreditApplied = null,
    [property: Id(8)] WalletDraw[]? WalletDraws = null,
    [property: Id(9)] BillTax? Tax = null);
