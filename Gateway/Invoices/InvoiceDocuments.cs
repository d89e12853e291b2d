using System.Globalization;
using NodaTime;
using NodaTime.Text;
using OrleansBilling.Contracts.Customers;
using OrleansBilling.Contracts.Invoicing;
using OrleansBilling.Core.Amounts;
using OrleansBilling.Core.Invoicing;
using OrleansBilling.Core.Taxation;
using OrleansBilling.Documents;
using DocumentKind = OrleansBilling.Documents.DocumentKind;

namespace OrleansBilling.Gateway.Invoices;

/// <summary>Invoices and credit notes in the terms of documents: nothing is worked out here that changes an amount.</summary>
internal static class InvoiceDocuments
{
    /// <summary>An issued invoice.</summary>
    /// <param name="zones">Time zone of each subscription, by id, where no tax says the days of its lines.</param>
    /// <param name="otherwise">The seller's name where no legal entity issued it; such an invoice is dated in UTC.</param>
    public static BillingDocument Of(
        InvoiceView invoice, IReadOnlyDictionary<string, string> zones, DocumentLook look, string otherwise = "")
    {
        var currency = Currency.FromCode(invoice.Currency);
        var taxes = new LineTaxes(invoice.Tax);
        DocumentLine[] lines = [.. invoice.Lines.SelectMany(line => Lines(line, taxes, zones, look.Locale))];
        var seller = invoice.Seller is null ? Parties.Named(otherwise) : Parties.Of(invoice.Seller, invoice.Customer);
        var date = Date(invoice.IssueDate) ?? invoice.IssuedAt.InUtc().Date;
        return Converted(Document(DocumentKind.Invoice, invoice.Id, date, currency, seller, invoice.Customer, lines, taxes, look) with
        {
            DueDate = Date(invoice.DueDate),
            Payment = invoice.Seller is null ? null : Payment(invoice.Seller, invoice.Id),
            Totals = Totals(lines, taxes, (invoice.CreditApplied ?? 0m) + invoice.WalletAmount()),
        }, invoice.TaxConversions);
    }

    /// <summary>An issued credit note.</summary>
    /// <param name="otherwise">The seller's name where no legal entity issued it.</param>
    public static BillingDocument Of(CreditNoteView note, DocumentLook look, string otherwise = "")
    {
        var taxes = new LineTaxes(note.Tax);
        DocumentLine[] lines = [.. note.Lines.SelectMany(line => taxes.PartsOf(line.InvoiceLine, line.Amount).Select((part, i) => new DocumentLine
        {
            Id = IdOf(line.InvoiceLine, i), Name = line.Description, Quantity = part.Net < 0m ? -1m : 1m, UnitCode = UnitCodes.One,
            NetAmount = part.Net, Tax = part.Tax,
        }))];
        var seller = note.Seller is null ? Parties.Named(otherwise) : Parties.Of(note.Seller, note.Customer);
        var date = Date(note.IssueDate) ?? note.IssuedAt.InUtc().Date;
        return Converted(Document(
            DocumentKind.CreditNote, note.Id, date, Currency.FromCode(note.Currency), seller, note.Customer, lines, taxes, look) with
        {
            PrecedingInvoices = [new(note.Invoice, Date(note.InvoiceDate))],
            Totals = Totals(lines, taxes, 0m),
            Notes = [new(note.Reason), .. taxes.Notes()],
        }, note.TaxConversions);
    }

    private static BillingDocument Document(
        DocumentKind kind, string number, LocalDate issueDate, Currency currency, Party seller, CustomerView customer, DocumentLine[] lines,
        LineTaxes taxes, DocumentLook look) => new()
        {
            Kind = kind,
            Number = number,
            IssueDate = issueDate,
            Currency = currency,
            Locale = look.Locale,
            Branding = look.Branding,
            Seller = seller,
            Buyer = Parties.Of(customer),
            Lines = lines,
            TaxBreakdown = taxes.Breakdown(lines),
            Totals = Totals(lines, taxes, 0m),
            Notes = taxes.Notes(),
        };

    private static IEnumerable<DocumentLine> Lines(
        InvoiceLine line, LineTaxes taxes, IReadOnlyDictionary<string, string> zones, string locale)
    {
        var code = UnitCodes.Of(line.Unit);
        var steps = locale.StartsWith("en", StringComparison.Ordinal) ? line.Steps.Select(s => s.Text).ToArray() : [];
        return taxes.PartsOf(line.Number, line.Amount).Select((part, i) => new DocumentLine
        {
            Id = IdOf(line.Number, i),
            Name = line.Description,
            Description = code is null ? $"{DecimalText.Format(line.Quantity)} {line.Unit}" : null,
            Steps = i == 0 ? steps : [],
            // A part of a line, and what has no quantity, is one of its kind; what is below zero is taken back.
            Quantity = (part.Net < 0m ? -1m : 1m) * (part.IsWhole && code is not null && line.Quantity != 0m ? Math.Abs(line.Quantity) : 1m),
            UnitCode = part.IsWhole && code is not null && line.Quantity != 0m ? code : UnitCodes.One,
            NetAmount = part.Net,
            Period = part.Supply is { } supply ? new(supply.First, supply.Last) : Days(line, zones),
            Tax = part.Tax,
            SellerItemId = line.ChargeId,
        });
    }

    private static DocumentTotals Totals(DocumentLine[] lines, LineTaxes taxes, decimal prepaid)
    {
        var net = lines.Sum(l => l.NetAmount);
        return new()
        {
            LineTotal = net, TaxExclusive = net, Tax = taxes.Total, TaxInclusive = net + taxes.Total, Prepaid = prepaid,
            Due = net + taxes.Total - prepaid,
        };
    }

    /// <summary>With its tax in another currency. E-invoices have one such amount, and it is for all of the tax; what does not fit that is
    /// said in words.</summary>
    private static BillingDocument Converted(BillingDocument document, TaxConversion[]? conversions) => conversions switch
    {
        null => document,
        [var only] when only.Tax.ToDecimal() == document.Totals.Tax => document with
        {
            TaxCurrency = only.Rate.To,
            TaxCurrencyRate = only.Rate.Rate,
            TaxCurrencyRateOrigin = (only.Rate.Source, only.Rate.Date),
            Totals = document.Totals with { TaxInTaxCurrency = only.Converted.ToDecimal() },
        },
        _ => document with { Notes = [.. document.Notes, .. conversions.Select(c => new DocumentNote(InWords(c)))] },
    };

    private static string InWords(TaxConversion c) =>
        $"{c.Jurisdiction}: {c.Tax} {c.Rate.From} = {c.Converted} {c.Rate.To} (1 {c.Rate.From} = {DecimalText.Format(c.Rate.Rate)} {c.Rate.To}, "
        + $"{c.Rate.Source}, {LocalDatePattern.Iso.Format(c.Rate.Date)})";

    private static PaymentInstructions? Payment(InvoiceSeller seller, string number) => seller.Iban is null ? null : new()
    {
        MeansCode = "58",
        RemittanceInformation = number,
        CreditTransfers = [new(seller.Iban, seller.Name, seller.Bic)],
    };

    private static string IdOf(int line, int part)
    {
        var id = line.ToString(CultureInfo.InvariantCulture);
        return part == 0 ? id : string.Create(CultureInfo.InvariantCulture, $"{id}.{part + 1}");
    }

    private static DatePeriod? Days(InvoiceLine line, IReadOnlyDictionary<string, string> zones)
    {
        var zone = zones.TryGetValue(line.Subscription, out var id) ? DateTimeZoneProviders.Tzdb.GetZoneOrNull(id) ?? DateTimeZone.Utc : DateTimeZone.Utc;
        var first = line.PeriodStart.InZone(zone).Date;
        return new(first, line.PeriodEnd > line.PeriodStart ? line.PeriodEnd.Minus(Duration.Epsilon).InZone(zone).Date : first);
    }

    private static LocalDate? Date(string? iso) => iso is null ? null : LocalDatePattern.Iso.Parse(iso).Value;
}
