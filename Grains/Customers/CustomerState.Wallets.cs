using NodaTime;
using OrleansBilling.Contracts.Invoicing;
using OrleansBilling.Contracts.Partitions;
using OrleansBilling.Core.Amounts;
using OrleansBilling.Core.Balances;
using OrleansBilling.Core.Invoicing;
using OrleansBilling.Grains.Records;

namespace OrleansBilling.Grains.Customers;

/// <summary>Wallets of a customer; see docs/adr/0017.</summary>
internal sealed partial class CustomerState
{
    /// <summary>Null before the first wallet is opened, or money moves otherwise than by invoices.</summary>
    public CustomerWallets? Wallets { get; private set; }

    /// <summary>What the journal is made of, in its order: facts of wallets, and invoices.</summary>
    public IEnumerable<object> JournalItems => Wallets?.History ?? (IEnumerable<object>)Invoices;

    /// <summary>Entries of the journal, oldest first, up to an invoice that waits for its number.</summary>
    public IEnumerable<JournalEntry> Journal => Posted.Select(CustomerWallets.EntryOf);

    /// <summary>What those entries stand for, one each.</summary>
    public IEnumerable<object> Posted => JournalItems.TakeWhile(f => f is not IssuedDocument { Number: null })
        .Where(f => f is not (WalletOpened or PaymentAllocated));

    public void Apply(WalletOpened fact) => Moving.Apply(fact);

    public void Apply(CreditGranted fact) => Wallets!.Apply(fact);

    public void Apply(GrantEnded fact) => Wallets!.Apply(fact);

    /// <summary>What an invoice that is issued now takes from wallets; null for nothing.</summary>
    /// <param name="due">Its total less the credit brought forward.</param>
    public WalletDraw[]? Draw(Money due, Instant periodEnd, IReadOnlyList<BillLine> lines) =>
        Wallets?.Ledger.Purse().Draw(due, periodEnd, periodEnd + Tenant.Grace, lines) is { Count: > 0 } draws ? [.. draws] : null;

    /// <summary>Lines of statements, as wallets see them.</summary>
    public static BillLine[] BillLines(IEnumerable<PeriodStatement> statements) =>
        [.. statements.SelectMany(s => s.Lines.Select((line, i) => new BillLine(line.Subscription, line.ChargeId, s.Sources?[i], line.Amount)))];

    /// <summary>Lines of agreements, as wallets see them: they are for no usage.</summary>
    public static IEnumerable<BillLine> BillLines(IEnumerable<InvoiceLine> agreed) =>
        agreed.Select(line => new BillLine(line.Subscription, line.ChargeId, null, line.Amount));

    /// <summary>Lines of an issued invoice, as wallets saw them: with tax.</summary>
    public static BillLine[] BillLines(InvoiceView invoice, LineSource?[]? sources) =>
        InvoiceTaxes.WithTax(
            [.. invoice.Lines.Select((line, i) => new BillLine(line.Subscription, line.ChargeId, sources?[i], line.Amount))], invoice.Tax);

    private CustomerWallets Moving => Wallets ??= new(Currency.FromCode(Spec.Currency), Invoices);

    private IEnumerable<object> JournalFacts => JournalItems.SelectMany(i => i is IssuedDocument document ? document.Facts() : [i]);

    /// <summary>What invoices below zero leave for the next ones.</summary>
    public CarriedCredit Carried()
    {
        var carried = new CarriedCredit(Currency.FromCode(Spec.Currency));
        foreach (var invoice in Invoices)
        {
            carried.Take(invoice.Gross, invoice.Credit);
        }
        foreach (var item in Wallets?.History ?? [])
        {
            if (item is IssuedCreditNote note)
            {
                carried.Give(note.Balance);
            }
            else if (item is BalanceRefunded refund)
            {
                carried.Give(-refund.Amount);
            }
        }
        return carried;
    }

    /// <summary>The lines together.</summary>
    public Money Sum(IEnumerable<InvoiceLine> lines) =>
        lines.Aggregate(Money.Zero(Currency.FromCode(Spec.Currency)), (sum, line) => sum + line.Amount);

    /// <summary>
    /// Grants with a rest that has expired and that no invoice can draw any more: every period that ended by the expiry is
    /// invoiced. Earliest first.
    /// </summary>
    /// <param name="before">Only those that expired before an instant up to which all periods are told and invoiced; null for all.</param>
    public IEnumerable<CreditGrant> ExpiryDue(Instant? before = null) => Wallets?.Ledger is { } ledger ? ExpiryDue(ledger, before) : [];

    private IEnumerable<CreditGrant> ExpiryDue(Ledger ledger, Instant? before) => ledger.Grants
        .Where(g => ledger.Left(g).MinorUnits > 0
            && (before is { } bound ? g.ExpiresAt < bound : g.ExpiresAt <= Tenant.SealedThrough && Invoiced(g.ExpiresAt!.Value)))
        .OrderBy(g => g.ExpiresAt).ThenBy(g => g, DrawOrder.Instance);

    private bool Invoiced(Instant through) => ToldThrough(through) && _pending?.Keys.Any(end => end <= through) != true;

    /// <summary>With wallets or agreements, invoices are issued in the order of their period ends, whatever crashes: else they would
    /// draw other money, or be settled by another invoice.</summary>
    public bool IssuesInOrder => Wallets?.Ledger.Wallets.Count > 0 || Agreements is not null;

    private bool InOrder(Instant periodEnd) => !IssuesInOrder || ToldThrough(periodEnd);

    /// <summary>Whether every subscription has told all its periods that ended by then.</summary>
    private bool ToldThrough(Instant through) => _subscriptions.TrueForAll(s =>
    {
        var lastInstant = (s.View.End is { } end && end < through ? end : through) - Duration.Epsilon;
        var period = s.Calendar.PeriodAt(lastInstant);
        if (period.End > through)
        {
            period = s.Calendar.Period(period.Index - 1);
        }
        return period.End <= s.View.Start || TakenThrough(s.View.Id) >= period.Index;
    });
}
