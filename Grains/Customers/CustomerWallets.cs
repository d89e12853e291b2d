using OrleansBilling.Contracts.Customers;
using OrleansBilling.Contracts.Invoicing;
using OrleansBilling.Core.Amounts;
using OrleansBilling.Core.Balances;
using OrleansBilling.Grains.Records;

namespace OrleansBilling.Grains.Customers;

/// <summary>Wallets of one customer, and the facts that its journal is made of.</summary>
internal sealed class CustomerWallets
{
    public const int MaxWallets = 100;
    public const int MaxGrants = 10_000;

    private readonly List<object> _history = [];
    private readonly Dictionary<(string Wallet, string Grant), GrantEnded> _ended = [];

    /// <param name="before">Invoices issued before there was a wallet; they are in the journal too.</param>
    public CustomerWallets(Currency currency, IEnumerable<IssuedInvoice> before)
    {
        Ledger = new(currency);
        foreach (var invoice in before)
        {
            Apply(invoice, invoice.Read());
        }
    }

    public Ledger Ledger { get; }

    /// <summary>Everything that was applied, in its order: facts and invoices.</summary>
    public IReadOnlyList<object> History => _history;

    public void Apply(WalletOpened fact)
    {
        Ledger.Open(fact.Wallet);
        _history.Add(fact);
    }

    public void Apply(CreditGranted fact)
    {
        Ledger.Add(fact.Grant);
        Post(fact);
    }

    public void Apply(GrantEnded fact)
    {
        _ended[(fact.Wallet, fact.Grant)] = fact;
        if (fact.Rolled is { } rolled)
        {
            Ledger.Add(rolled);
        }
        Post(fact);
    }

    /// <param name="view">The invoice, read.</param>
    public void Apply(IssuedInvoice invoice, InvoiceView view) => Post(invoice, PostingsOf(invoice, view));

    public void Apply(IssuedCreditNote note) => Post(note);

    public void Apply(PaymentRecorded fact) => Post(fact);

    public void Apply(PaymentReversed fact) => Post(fact);

    public void Apply(InvoiceWrittenOff fact) => Post(fact);

    public void Apply(BalanceRefunded fact) => Post(fact);

    /// <summary>Something of the history that posts nothing.</summary>
    public void Keep(PaymentAllocated fact) => _history.Add(fact);

    /// <summary>How the rest of a grant ended; null when it did not.</summary>
    public GrantEnded? EndOf(CreditGrant grant) => _ended.GetValueOrDefault((grant.Wallet, grant.Id));

    public GrantView View(CreditGrant grant)
    {
        var left = Ledger.Left(grant);
        var status = EndOf(grant) is { } end ? (end.Expired ? "expired" : "voided") : left.MinorUnits == 0 ? "used" : "open";
        var rule = grant.RollOver;
        return new(
            grant.Id, grant.Wallet, grant.Kind, Ledger.Currency.Code, grant.Amount, left, grant.Priority, grant.ExpiresAt,
            grant.GrantedAt, grant.Reference, status, grant.Scope,
            rule is null ? null : new(rule.Cycle, rule.TimeZone, rule.Percent, rule.Maximum?.ToDecimal(), rule.Times), rule?.Done,
            EndOf(grant)?.Rolled?.Id);
    }

    public WalletView View(Wallet wallet) => new(
        wallet.Id, Ledger.Currency.Code, wallet.Priority, wallet.ExpiresAt, wallet.CreditLimit, wallet.OpenedAt,
        Ledger.Balance(Accounts.OfWallet(wallet.Id)),
        [.. Ledger.Grants.Where(g => g.Wallet == wallet.Id && Ledger.Left(g).MinorUnits > 0)
            .OrderBy(g => g, DrawOrder.Instance).Select(View)],
        wallet.TopUp is { } rule
            ? new(rule.Below, rule.Amount, TopUps.NextId(Ledger, wallet), TopUps.IsDue(Ledger, wallet))
            : null,
        wallet.Scope, wallet.OnEmpty);

    /// <summary>The postings that an item of the history other than an invoice stands for.</summary>
    public static Posting[] PostingsOf(object item) => item switch
    {
        CreditGranted granted => granted.Postings,
        GrantEnded ended => ended.Postings,
        IssuedCreditNote note => Postings.OfCreditNote(note.Gross, note.Tax),
        PaymentRecorded recorded => Postings.OfPayment(recorded.Payment.Amount),
        PaymentReversed reversed => Postings.OfPayment(-reversed.Amount),
        BalanceRefunded refunded => Postings.OfPayment(-refunded.Amount),
        InvoiceWrittenOff given => Postings.OfWriteOff(given.Amount),
        _ => throw new ArgumentException($"A {item.GetType().Name} posts nothing.", nameof(item)),
    };

    /// <summary>The postings that an invoice stands for.</summary>
    public static Posting[] PostingsOf(IssuedInvoice invoice, InvoiceView view) => Postings.OfInvoice(invoice.Gross, invoice.Tax, view.WalletDraws ?? []);

    /// <summary>The entry that an item of the journal stands for.</summary>
    /// <param name="index">Items with entries before it.</param>
    public static JournalEntry EntryOf(object item, int index) => item switch
    {
        CreditGranted g => new(
            index + 1, JournalKinds.Grant, g.Grant.GrantedAt, g.Grant.GrantedAt, g.Grant.Id, PostingsOf(item)),
        GrantEnded e => new(
            index + 1, e.Expired ? JournalKinds.Expired : JournalKinds.Voided, e.At, e.RecordedAt, e.Grant, PostingsOf(item)),
        IssuedInvoice i => EntryOf(i, i.Read(), index),
        IssuedCreditNote n => EntryOf(n, n.Read(), index),
        PaymentRecorded p => new(
            index + 1, JournalKinds.Payment, p.Payment.ReceivedAt, p.Payment.RecordedAt, p.Payment.Id, PostingsOf(item)),
        PaymentReversed p => new(index + 1, JournalKinds.PaymentReversal, p.At, p.At, p.Payment, PostingsOf(item)),
        BalanceRefunded r => new(index + 1, JournalKinds.Refund, r.At, r.At, r.Id, PostingsOf(item)),
        InvoiceWrittenOff w => new(index + 1, JournalKinds.WriteOff, w.At, w.At, w.Number, PostingsOf(item)),
        _ => throw new ArgumentException($"A {item.GetType().Name} is no entry.", nameof(item)),
    };

    private static JournalEntry EntryOf(IssuedInvoice invoice, InvoiceView view, int index) => new(
        index + 1, JournalKinds.Invoice, view.IssuedAt, view.IssuedAt, view.Id, PostingsOf(invoice, view));

    private static JournalEntry EntryOf(IssuedCreditNote note, CreditNoteView view, int index) => new(
        index + 1, JournalKinds.CreditNote, view.IssuedAt, view.IssuedAt, view.Id, PostingsOf(note));

    private void Post(object fact) => Post(fact, PostingsOf(fact));

    private void Post(object item, Posting[] postings)
    {
        Ledger.Post(postings);
        _history.Add(item);
    }
}
