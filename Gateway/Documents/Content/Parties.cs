using OrleansBilling.Documents.Localization;

namespace OrleansBilling.Documents.Content;

/// <summary>Seller and buyer as pages show them.</summary>
internal static class Parties
{
    public static PartyBlock Seller(BillingDocument document, LocaleFormat format, DocumentTexts texts) =>
        Block(document.Seller, document.Buyer.Address.CountryCode, texts["label.seller"], format, texts);

    public static PartyBlock Buyer(BillingDocument document, LocaleFormat format, DocumentTexts texts) =>
        Block(document.Buyer, document.Seller.Address.CountryCode, texts["label.buyer"], format, texts);

    private static PartyBlock Block(Party party, string otherCountry, string heading, LocaleFormat format, DocumentTexts texts)
    {
        var facts = new List<Fact>();
        void Add(string key, string? value)
        {
            if (!string.IsNullOrWhiteSpace(value))
            {
                facts.Add(new(texts[key], value));
            }
        }

        Add("label.vatNumber", party.VatNumber);
        Add("label.taxNumber", party.TaxRegistration);
        Add("label.registration", party.LegalRegistration?.Value);
        string?[] contact = [party.Contact?.Name, party.Contact?.Telephone, party.Contact?.Email];
        var isFirst = true;
        foreach (var way in contact.Where(way => !string.IsNullOrWhiteSpace(way)))
        {
            facts.Add(new(isFirst ? texts["label.contact"] : "", way!));
            isFirst = false;
        }

        string[] trading = party.TradingName is { } name && name != party.Name ? [name] : [];
        return new(heading, party.Name, [.. trading, .. AddressLines.Of(party.Address, format, otherCountry)], facts);
    }
}
