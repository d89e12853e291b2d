using NodaTime;
using OrleansBilling.Contracts.Invoicing;
using OrleansBilling.Core.Amounts;
using OrleansBilling.Core.Invoicing;
using OrleansBilling.Grains.Records;

namespace OrleansBilling.Grains.Customers;

/// <summary>A credit note whose content is fixed.</summary>
internal sealed class IssuedCreditNote : IssuedDocument
{
    private readonly CreditNotePrepared _fact;

    public IssuedCreditNote(CreditNotePrepared fact) : base(fact.Tenant, fact.Customer, KeyOf(fact.Customer, fact.Id), fact.Document.Utf8)
    {
        _fact = fact;
        var view = Parse<CreditNoteView>(Document);
        (LegalEntity, Gross, Tax) = (
            view.Seller?.LegalEntity, WholeOf(view.GrossTotal(), view.Currency), WholeOf(view.TaxTotal(), view.Currency));
        (Applied, Balance, IssuedAt) = (view.AppliedToInvoice, view.ToBalance, view.IssuedAt);
        Lines = [.. view.Lines.Select(l => (l.InvoiceLine, l.Amount))];
    }

    /// <summary>Chosen by the caller.</summary>
    public string Id => _fact.Id;

    /// <summary>Key of the invoice.</summary>
    public string Invoice => _fact.Invoice;

    public override DocumentKind Kind => DocumentKind.CreditNote;

    public override string? LegalEntity { get; }

    /// <summary>The tenant's clock when it was posted.</summary>
    public Instant IssuedAt { get; }

    /// <summary>With tax.</summary>
    public Money Gross { get; }

    public Money Tax { get; }

    /// <summary>What it took off the invoice's open amount.</summary>
    public Money Applied { get; }

    /// <summary>What it left for later invoices.</summary>
    public Money Balance { get; }

    /// <summary>What it takes back of each of the invoice's lines, before tax is added.</summary>
    public (int InvoiceLine, Money Amount)[] Lines { get; }

    /// <summary>Names it before it has a number.</summary>
    public static string KeyOf(string customer, string id) => $"{customer}|credit-note|{id}";

    /// <summary>Whether it is what a repeat asks for.</summary>
    public bool IsAsked(CreditNoteSpec spec) => _fact.Asked with { Lines = spec.Lines } == spec
        && (_fact.Asked.Lines is null) == (spec.Lines is null) && (_fact.Asked.Lines ?? []).SequenceEqual(spec.Lines ?? []);

    /// <summary>All that it says; without a number while it waits for it.</summary>
    public CreditNoteView Read()
    {
        var view = Parse<CreditNoteView>(Document);
        return Seal is null ? view : view with { Id = Seal.Number, Seal = Seal };
    }

    protected override object Prepared() => _fact;
}
