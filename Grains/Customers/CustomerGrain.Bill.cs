using NodaTime;
using OrleansBilling.Contracts.Common;
using OrleansBilling.Contracts.Customers;
using OrleansBilling.Contracts.Invoicing;
using OrleansBilling.Contracts.Partitions;
using OrleansBilling.Contracts.Subscriptions;
using OrleansBilling.Core.Amounts;
using OrleansBilling.Core.Balances;
using OrleansBilling.Core.Invoicing;

namespace OrleansBilling.Grains.Customers;

/// <summary>The running bill, and what it will draw from wallets.</summary>
internal sealed partial class CustomerGrain
{
    public async Task<RunningBill?> Bill()
    {
        var home = await Home();
        var subscriptions = home.Do(t => Find(t)?.Subscriptions.Select(s => s.View.Id).ToArray());
        if (subscriptions is null)
        {
            return null;
        }
        var running = await Task.WhenAll(subscriptions.Select(s => Subscription(s).RunningStatements()));
        var isPrepaid = home.Do(t => Find(t)!.PaysInAdvance);
        var needs = isPrepaid ? await FundsNeeded(subscriptions) : [];
        var issuer = await InvoiceIssuing.IssuerOf(home, GrainFactory, Key.Tenant, Key.Id);
        return await home.DoDurably(t =>
        {
            var customer = Find(t)!;
            // What has come as a statement since the subscription was asked must not count twice.
            PeriodStatement[] open = [.. customer.Pending,
                .. running.SelectMany(r => r).Where(s => s.Period > customer.TakenThrough(s.Subscription))];
            var now = customer.Tenant.Now(home.Time);
            var (credit, invoices) = Credit(customer, [.. OpenInvoice.Of(customer, open, now, issuer, home.Taxes)]);
            var purse = customer.Wallets?.Ledger.Purse();
            WalletDraw[] draws = purse is null ? [] : [.. invoices.SelectMany(i => i.Draw(customer, purse))];
            return BillOf(
                customer, now, open.SelectMany(s => s.Lines).Concat(invoices.SelectMany(i => i.Agreed)),
                purse is null ? [] : Balances(customer, purse, draws, needs, now), draws, credit, TaxOf(invoices));
        });
    }

    /// <summary>What each subscription can come to with all that is reserved.</summary>
    private async Task<FundsNeed[]> FundsNeeded(IEnumerable<string> subscriptions) =>
        [.. (await Task.WhenAll(subscriptions.Select(s => Subscription(s).FundsNeeded()))).OfType<FundsNeed>()];

    /// <returns>The tax in the open invoices and what it adds to their lines; null where none is charged. And why some of it is not known.</returns>
    private static BillTax? TaxOf(OpenInvoice[] invoices)
    {
        var taxed = invoices.Where(i => i.Taxes is not null).ToArray();
        return taxed.Length == 0 ? null : new(
            taxed.Sum(i => i.Taxes!.Statement?.Tax.ToDecimal() ?? 0m), invoices.Sum(i => i.Due.ToDecimal()),
            [.. taxed.SelectMany(i => i.Taxes!.Holds).Select(h => new InvoiceHold(h.Code, h.Reason)).Distinct()]);
    }

    private RunningBill BillOf(
        CustomerState customer, Instant now, IEnumerable<InvoiceLine> lines, WalletBalance[] balances, WalletDraw[] draws,
        decimal credit, BillTax? tax)
    {
        InvoiceLine[] numbered = [.. lines.Select((line, i) => line with { Number = i + 1 })];
        var total = numbered.Sum(l => l.Amount.ToDecimal());
        return new(
            Key.Id, customer.Spec.Currency, now, total, numbered, balances, (tax?.Gross ?? total) - credit - draws.Sum(d => d.Amount.ToDecimal()),
            credit == 0m ? null : credit, draws.Length == 0 ? null : draws, tax);
    }

    /// <summary>What is carried forward is used by every open period in its turn, as its invoice will.</summary>
    /// <returns>What of it is of invoices that are issued: the rest is in the total already. And what each invoice leaves due.</returns>
    private static (decimal Credit, OpenInvoice[] Due) Credit(CustomerState customer, OpenInvoice[] open)
    {
        var carried = customer.Carried();
        var issued = carried.Left;
        var used = issued - issued;
        var due = new List<OpenInvoice>();
        foreach (var invoice in open)
        {
            var credit = carried.Use(invoice.Due);
            used += credit;
            due.Add(invoice with { Due = invoice.Due - credit });
        }
        return (Math.Min(used.ToDecimal(), issued.ToDecimal()), [.. due]);
    }

    /// <param name="purse">With what the open periods leave.</param>
    /// <param name="draws">Of the open periods.</param>
    /// <param name="needs">What subscriptions can come to, where money is reserved.</param>
    private static WalletBalance[] Balances(
        CustomerState customer, Purse purse, WalletDraw[] draws, FundsNeed[] needs, Instant now)
    {
        var ledger = customer.Wallets!.Ledger;
        var zero = Money.Zero(ledger.Currency);
        var most = needs.Length == 0 ? [] : customer.Pay(customer.Newest(needs)).Draws;
        return
        [
            .. ledger.Wallets.Select(wallet =>
            {
                var current = ledger.Balance(Accounts.OfWallet(wallet.Id));
                var accrued = Of(draws, wallet);
                var reserved = Of(most, wallet) is var kept && kept.MinorUnits > accrued.MinorUnits ? kept - accrued : zero;
                var expired = purse.ExpiredOf(wallet.Id, now);
                return new WalletBalance(
                    wallet.Id, current, accrued, reserved, expired, wallet.CreditLimit,
                    current - accrued - reserved - expired + wallet.CreditLimit);
            }),
        ];

        Money Of(IEnumerable<WalletDraw> all, Wallet wallet) =>
            all.Where(d => d.Wallet == wallet.Id).Aggregate(zero, (sum, d) => sum + d.Amount);
    }

    private ISubscriptionGrain Subscription(string id) =>
        GrainFactory.GetGrain<ISubscriptionGrain>(EntityKey.Of(Key.Tenant, id));
}
