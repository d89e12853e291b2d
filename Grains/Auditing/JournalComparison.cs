using System.Text.Json;
using OrleansBilling.Contracts.Auditing;
using OrleansBilling.Contracts.Invoicing;
using OrleansBilling.Contracts.Serialization;
using OrleansBilling.Core.Amounts;
using OrleansBilling.Core.Balances;
using OrleansBilling.Grains.Customers;
using OrleansBilling.Grains.Records;

namespace OrleansBilling.Grains.Auditing;

/// <summary>
/// Goes through a customer's journal from its first entry: each must be balanced, be what the rules make of the balances before it,
/// and all together must give the live balances.
/// </summary>
internal static class JournalComparison
{
    public static IEnumerable<AuditFinding> Compare(CustomerState customer)
    {
        var currency = Currency.FromCode(customer.Spec.Currency);
        var replayed = new Ledger(currency);
        var number = 0;
        foreach (var fact in customer.JournalItems)
        {
            if (fact is WalletOpened opened)
            {
                replayed.Open(opened.Wallet);
            }
            if (fact is WalletOpened or PaymentAllocated)
            {
                continue;
            }
            var where = $"customer {customer.Spec.Id}, journal entry {++number}";
            var (invoice, view) = fact is IssuedInvoice issued ? (issued, issued.Read()) : default;
            var posted = invoice is null ? CustomerWallets.PostingsOf(fact) : CustomerWallets.PostingsOf(invoice, view!);
            if (Postings.Sum(posted, currency) is { MinorUnits: not 0 } sum)
            {
                yield return new("journal.unbalanced", where, "0", $"{sum}");
                yield break;
            }
            var recomputed = invoice is null
                ? Recomputed(replayed, fact)
                : Postings.OfInvoice(invoice.Gross, invoice.Tax, Drawn(customer, replayed, invoice, view!));
            var (expected, actual) = (Text(recomputed), Text(posted));
            if (expected != actual)
            {
                yield return new("journal.differs", where, expected, actual);
            }
            if (view is { WalletDraws: { } draws } && draws.All(d => d.Lines is not null)
                && (Lines(Drawn(customer, replayed, invoice!, view)), Lines(draws)) is var (right, paid) && right != paid)
            {
                yield return new("journal.draw_lines", where, right, paid);
            }
            if (fact is CreditGranted granted)
            {
                if (replayed.Find(granted.Grant.Wallet) is { TopUp: { } rule } wallet && TopUps.IsTopUp(granted.Grant.Id)
                    && (!TopUps.IsDue(replayed, wallet) || granted.Grant.Id != TopUps.NextId(replayed, wallet) || granted.Grant.Amount != rule.Amount))
                {
                    yield return new(
                        "journal.top_up", where, $"{TopUps.NextId(replayed, wallet)} of {rule.Amount}, due below {rule.Below}",
                        $"{granted.Grant.Id} of {granted.Grant.Amount}");
                }
                replayed.Add(granted.Grant);
            }
            if (fact is GrantEnded { Rolled: { } rolled } end)
            {
                if (RolledOf(replayed, end, replayed.Find(end.Wallet, end.Grant)!) is var goesOn && goesOn != rolled)
                {
                    yield return new("journal.rolled_over", where, $"{goesOn}", $"{rolled}");
                }
                replayed.Add(rolled);
            }
            replayed.Post(posted);
        }
        if (customer.Wallets is { } wallets && (Text(replayed.Balances), Text(wallets.Ledger.Balances)) is var (sums, live) && sums != live)
        {
            yield return new("journal.balances", $"customer {customer.Spec.Id}", sums, live);
        }
    }

    /// <summary>The postings that a fact must have after what was posted before it.</summary>
    private static Posting[] Recomputed(Ledger before, object fact) => fact switch
    {
        CreditGranted granted => Postings.OfGrant(granted.Grant, before.Owed(granted.Grant.Wallet)),
        GrantEnded ended => before.Find(ended.Wallet, ended.Grant) is { } grant
            && (!ended.Expired || ended.At == grant.ExpiresAt)
            ? Postings.OfEnd(grant, before.Left(grant), ended.Expired, RolledOf(before, ended, grant))
            : [],
        _ => CustomerWallets.PostingsOf(fact),
    };

    private static CreditGrant? RolledOf(Ledger before, GrantEnded ended, CreditGrant grant) => ended.Expired
        ? grant.Rolled(before.Left(grant), id => before.Find(grant.Wallet, id) is not null)
        : null;

    /// <summary>What an invoice must draw after what was posted before it.</summary>
    private static IReadOnlyList<WalletDraw> Drawn(CustomerState customer, Ledger before, IssuedInvoice invoice, InvoiceView view) =>
        before.Purse().Draw(
            invoice.Gross - invoice.Credit, invoice.PeriodEnd, invoice.PeriodEnd + customer.Tenant.Grace,
            CustomerState.BillLines(view, invoice.Sources));

    private static string Lines(IEnumerable<WalletDraw> draws) => JsonSerializer.Serialize(draws, BillingJson.Options);

    private static string Text(IEnumerable<Posting> postings) => JsonSerializer.Serialize(postings, BillingJson.Options);

    private static string Text(IReadOnlyDictionary<string, Money> balances) => JsonSerializer.Serialize(
        balances.OrderBy(b => b.Key, StringComparer.Ordinal).Select(b => new Posting(b.Key, null, b.Value)), BillingJson.Options);
}
