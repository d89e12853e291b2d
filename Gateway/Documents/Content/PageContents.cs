using OrleansBilling.Documents.Localization;

namespace OrleansBilling.Documents.Content;

/// <summary>Puts a document into words.</summary>
internal static class PageContents
{
    /// <summary>What the pages of a document say.</summary>
    public static PageContent Of(BillingDocument document)
    {
        var format = LocaleFormat.Of(document.Locale);
        var texts = new DocumentTexts(LocaleTag.Parse(document.Locale), document.Branding.Texts);
        var isCredit = document.Kind == DocumentKind.CreditNote;
        var payment = new PaymentContent(document, format, texts);
        return new()
        {
            Format = format,
            Texts = texts,
            Language = LocaleTag.Parse(document.Locale).ToString(),
            Title = texts[isCredit ? "title.creditNote" : "title.invoice"],
            Number = document.Number,
            Seller = Parties.Seller(document, format, texts),
            Buyer = Parties.Buyer(document, format, texts),
            Facts = Facts(document, format, texts),
            Headline = new(texts[isCredit ? "total.credit" : "total.due"], format.Money(document.Totals.Due, document.Currency)),
            HeadlineNote = document is { Kind: DocumentKind.Invoice, DueDate: { } due, Totals.Due: > 0 }
                ? $"{texts["label.dueDate"]}: {format.Date(due)}"
                : null,
            Columns =
            [
                texts["column.description"], texts["column.quantity"], texts["column.unitPrice"], texts["column.taxRate"],
                $"{texts["column.amount"]} ({document.Currency.Code})",
            ],
            Rows = Lines.Of(document, format, texts),
            Totals = Sums.Totals(document, format, texts),
            Taxes = Sums.Taxes(document, format, texts),
            TaxFacts = Sums.TaxFacts(document, format, texts),
            PaymentSentences = payment.Sentences(),
            PaymentFacts = payment.Facts(),
            Notes = [.. document.Notes.Select(note => note.Text)],
            Footer = document.Branding.Footer ?? document.Seller.LegalInformation ?? "",
        };
    }

    private static List<Fact> Facts(BillingDocument document, LocaleFormat format, DocumentTexts texts)
    {
        var facts = new List<Fact>
        {
            new(texts[document.Kind == DocumentKind.CreditNote ? "label.creditNoteNumber" : "label.invoiceNumber"], document.Number),
            new(texts["label.issueDate"], format.Date(document.IssueDate)),
        };
        void Add(string key, string? value)
        {
            if (!string.IsNullOrWhiteSpace(value))
            {
                facts.Add(new(texts[key], value));
            }
        }

        Add("label.dueDate", document.DueDate is { } due ? format.Date(due) : null);
        Add("label.period", document.Period is { } period ? format.Period(period) : null);
        Add("label.customerNumber", document.Buyer.Identifier?.Value);
        Add("label.buyerReference", document.BuyerReference);
        Add("label.purchaseOrder", document.PurchaseOrder);
        Add("label.contract", document.Contract);
        foreach (var preceding in document.PrecedingInvoices)
        {
            Add("label.precedingInvoice", preceding.IssueDate is { } date ? $"{preceding.Number} ({format.Date(date)})" : preceding.Number);
        }

        Add("label.deliveredOn", document.Delivery?.Date is { } delivered ? format.Date(delivered) : null);
        Add("label.deliveredTo", document.Delivery?.Address is { } address
            ? string.Join(", ", AddressLines.Of(address, format, homeCountry: ""))
            : null);
        return facts;
    }
}
