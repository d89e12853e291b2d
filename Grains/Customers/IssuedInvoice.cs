using System.Text.Json;
using NodaTime;
using OrleansBilling.Contracts.Invoicing;
using OrleansBilling.Contracts.Serialization;
using OrleansBilling.Core.Amounts;
using OrleansBilling.Core.Balances;
using OrleansBilling.Core.Invoicing;
using OrleansBilling.Core.Receivables;
using OrleansBilling.Grains.Records;

namespace OrleansBilling.Grains.Customers;

/// <summary>An invoice whose content is fixed, and what is still to be paid of it.</summary>
internal sealed class IssuedInvoice : IssuedDocument
{
    private List<IssuedCreditNote>? _creditNotes;

    private IssuedInvoice(
        string tenant, string customer, string key, InvoiceView view, ReadOnlyMemory<byte> document, int[] billedPeriods, LineSource?[]? sources)
        : base(tenant, customer, key, document)
    {
        (BilledPeriods, Sources, LegalEntity) = (billedPeriods, sources, view.Seller?.LegalEntity);
        (PeriodEnd, IssuedAt) = (view.PeriodEnd, view.IssuedAt);
        (Gross, Tax, Credit) = (
            WholeOf(view.GrossTotal(), view.Currency), WholeOf(view.TaxTotal(), view.Currency), WholeOf(view.CreditApplied ?? 0m, view.Currency));
        Open = new(WholeOf(view.AmountDue(), view.Currency));
    }

    public override DocumentKind Kind => DocumentKind.Invoice;

    public override string? LegalEntity { get; }

    public Instant PeriodEnd { get; }

    /// <summary>The tenant's clock when its content was fixed.</summary>
    public Instant IssuedAt { get; }

    /// <summary>Its total with tax.</summary>
    public Money Gross { get; }

    /// <summary>The tax in it.</summary>
    public Money Tax { get; }

    /// <summary>The credit brought forward that it used.</summary>
    public Money Credit { get; }

    /// <summary>What is still to be paid.</summary>
    public OpenItem Open { get; }

    /// <summary>In the order of issue.</summary>
    public IReadOnlyList<IssuedCreditNote> CreditNotes => _creditNotes ?? [];

    /// <summary>For each line, the subscription's period whose close put it there.</summary>
    public int[] BilledPeriods { get; }

    /// <summary>For each line, what it charges for; only where a wallet asked for it.</summary>
    public LineSource?[]? Sources { get; }

    public static IssuedInvoice Of(InvoiceIssued fact) => new(
        fact.Tenant, fact.Invoice.Customer.Id, fact.Key, fact.Invoice, JsonSerializer.SerializeToUtf8Bytes(fact.Invoice, BillingJson.Options),
        fact.BilledPeriods, fact.Sources)
    {
        Number = fact.Invoice.Id,
    };

    public static IssuedInvoice Of(InvoicePrepared fact) => new(
        fact.Tenant, fact.Customer, fact.Key, Parse<InvoiceView>(fact.Document.Utf8), fact.Document.Utf8, fact.BilledPeriods, fact.Sources);

    public void Take(IssuedCreditNote note)
    {
        (_creditNotes ??= []).Add(note);
        Open.Credit(note.Applied);
    }

    /// <summary>All that it says, and how far it is paid; without a number while it waits for it.</summary>
    /// <param name="now">Says whether it is overdue.</param>
    public InvoiceView Read(Instant? now = null)
    {
        var view = Parse<InvoiceView>(Document);
        view = Seal is null ? view : view with { Id = Seal.Number, Seal = Seal };
        return now is null ? view : view with { Settlement = InvoiceSettlements.Of(this, view, now.Value) };
    }

    public override IEnumerable<object> Facts() => Number is not null && Seal is null
        ? [new InvoiceIssued(Tenant, Key, Read(), BilledPeriods, Sources)]
        : base.Facts();

    protected override object Prepared() => new InvoicePrepared(Tenant, Customer, Key, new(Document), BilledPeriods, Sources);
}
