namespace OrleansBilling.Documents.Content;

/// <summary>Every text on the pages of a document.</summary>
internal static class AllTexts
{
    public static IEnumerable<string> Of(PageContent content) =>
    [
        content.Title, content.Number, .. Of(content.Seller), .. Of(content.Buyer), .. content.Facts.SelectMany(Of),
        .. Of(content.Headline), content.HeadlineNote ?? "", .. content.Columns,
        .. content.Rows.SelectMany(row => (string[])[row.Name, .. row.Notes, row.Quantity, row.Price, row.Tax, row.Amount]),
        .. content.Totals.SelectMany(row => (string[])[row.Label, row.Value]),
        .. content.Taxes.SelectMany(row => (string[])[row.Rate, row.Taxable, row.Tax, row.Reason ?? ""]),
        .. content.TaxFacts.SelectMany(Of), .. content.PaymentSentences, .. content.PaymentFacts.SelectMany(Of),
        .. content.Notes, content.Footer, .. DocumentTextsOf(content),
    ];

    private static IEnumerable<string> Of(PartyBlock party) => [party.Heading, party.Name, .. party.Lines, .. party.Facts.SelectMany(Of)];

    private static IEnumerable<string> Of(Fact fact) => [fact.Label, fact.Value];

    private static IEnumerable<string> DocumentTextsOf(PageContent content) =>
        Localization.DocumentTexts.Keys.Select(key => content.Texts[key]);
}
