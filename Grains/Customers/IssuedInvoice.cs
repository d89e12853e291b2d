using System.Text.Json;
using NodaTime;
using OrleansBilling.Contracts.Invoicing;
using OrleansBilling.Contracts.Serialization;
using OrleansBilling.Core.Amounts;
using OrleansBilling.Core.Balances;
using OrleansBilling.Grains.Records;

namespace OrleansBilling.Grains.Customers;

/// <summary>
/// An invoice whose content is fixed. It is kept as its bytes, which are all that is needed of most of them; what is asked for often is
/// beside them.
/// </summary>
internal sealed class IssuedInvoice
{
    private readonly string _tenant;
    private readonly string _customer;

    private IssuedInvoice(
        string tenant, string customer, string key, InvoiceView view, ReadOnlyMemory<byte> document, int[] billedPeriods, LineSource?[]? sources)
    {
        (_tenant, _customer, Key, Document, BilledPeriods, Sources) = (tenant, customer, key, document, billedPeriods, sources);
        (LegalEntity, PeriodEnd, Gross, Credit) = (
            view.Seller?.LegalEntity, view.PeriodEnd, WholeOf(view, view.GrossTotal()), WholeOf(view, view.CreditApplied ?? 0m));
    }

    /// <summary>Names it before it has a number.</summary>
    public string Key { get; }

    /// <summary>Null while it waits for it.</summary>
    public string? Number { get; private set; }

    /// <summary>Null while it waits for it, and for good of one that an earlier version of this program issued.</summary>
    public DocumentSeal? Seal { get; private set; }

    /// <summary>JSON; what its hash is of.</summary>
    public ReadOnlyMemory<byte> Document { get; }

    /// <summary>Who issues it; null where the tenant had not said who.</summary>
    public string? LegalEntity { get; }

    public Instant PeriodEnd { get; }

    /// <summary>Its total with tax.</summary>
    public Money Gross { get; }

    /// <summary>The credit brought forward that it used.</summary>
    public Money Credit { get; }

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
        fact.Tenant, fact.Customer, fact.Key, Parse(fact.Document.Utf8), fact.Document.Utf8, fact.BilledPeriods, fact.Sources);

    public void Apply(DocumentSealed fact) => (Number, Seal) = (fact.Seal.Number, fact.Seal);

    /// <summary>All that it says; without a number while it waits for it.</summary>
    public InvoiceView Read()
    {
        var view = Parse(Document);
        return Seal is null ? view : view with { Id = Seal.Number, Seal = Seal };
    }

    /// <summary>Told again in snapshots.</summary>
    public IEnumerable<object> Facts()
    {
        if (Number is not null && Seal is null)
        {
            yield return new InvoiceIssued(_tenant, Key, Read(), BilledPeriods, Sources);
            yield break;
        }
        yield return new InvoicePrepared(_tenant, _customer, Key, new(Document), BilledPeriods, Sources);
        if (Seal is not null)
        {
            yield return new DocumentSealed(_tenant, _customer, Key, Seal);
        }
    }

    private static InvoiceView Parse(ReadOnlyMemory<byte> document) =>
        JsonSerializer.Deserialize<InvoiceView>(document.Span, BillingJson.Options)
            ?? throw new InvalidDataException("An invoice is null.");

    /// <summary>Totals are sums of whole minor units.</summary>
    private static Money WholeOf(InvoiceView invoice, decimal amount) =>
        Money.FromExact(amount, Currency.FromCode(invoice.Currency), LineRounding.HalfAwayFromZero);
}
