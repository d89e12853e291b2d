namespace OrleansBilling.Documents.Ubl;

/// <summary>Seller and buyer.</summary>
internal sealed class UblParties(BillingDocument document, UblWriter xml)
{
    public void WriteSeller() => xml.Group("AccountingSupplierParty", () => Write(document.Seller, isSeller: true));

    public void WriteBuyer() => xml.Group("AccountingCustomerParty", () => Write(document.Buyer, isSeller: false));

    public static void WriteAddress(UblWriter xml, string name, PostalAddress address) => xml.Group(name, () =>
    {
        xml.Text("StreetName", address.Lines.ElementAtOrDefault(0));
        xml.Text("AdditionalStreetName", address.Lines.ElementAtOrDefault(1));
        xml.Text("CityName", address.City);
        xml.Text("PostalZone", address.PostalCode);
        xml.Text("CountrySubentity", address.Region);
        if (!string.IsNullOrWhiteSpace(address.Lines.ElementAtOrDefault(2)))
        {
            xml.Group("AddressLine", () => xml.Text("Line", address.Lines[2]));
        }

        xml.Group("Country", () => xml.Text("IdentificationCode", address.CountryCode));
    });

    private void Write(Party party, bool isSeller) => xml.Group("Party", () =>
    {
        xml.Text("EndpointID", party.ElectronicAddress?.Value, "schemeID", party.ElectronicAddress?.Scheme);
        WriteIdentification(party.Identifier);
        if (isSeller && document.Payment?.DirectDebit?.CreditorId is { } creditor)
        {
            WriteIdentification(new(creditor, "SEPA"));
        }

        if (!string.IsNullOrWhiteSpace(party.TradingName))
        {
            xml.Group("PartyName", () => xml.Text("Name", party.TradingName));
        }

        WriteAddress(xml, "PostalAddress", party.Address);
        WriteTaxScheme(party.VatNumber, "VAT");
        if (isSeller)
        {
            WriteTaxScheme(party.TaxRegistration, "TAX");
        }

        xml.Group("PartyLegalEntity", () =>
        {
            xml.Text("RegistrationName", party.Name);
            xml.Text("CompanyID", party.LegalRegistration?.Value, "schemeID", party.LegalRegistration?.Scheme);
            xml.Text("CompanyLegalForm", isSeller ? party.LegalInformation : null);
        });
        if (party.Contact is { } contact && (contact.Name ?? contact.Telephone ?? contact.Email) is not null)
        {
            xml.Group("Contact", () =>
            {
                xml.Text("Name", contact.Name);
                xml.Text("Telephone", contact.Telephone);
                xml.Text("ElectronicMail", contact.Email);
            });
        }
    });

    private void WriteIdentification(SchemedId? id)
    {
        if (id is not null)
        {
            xml.Group("PartyIdentification", () => xml.Text("ID", id.Value, "schemeID", id.Scheme));
        }
    }

    private void WriteTaxScheme(string? number, string scheme)
    {
        if (!string.IsNullOrWhiteSpace(number))
        {
            xml.Group("PartyTaxScheme", () =>
            {
                xml.Text("CompanyID", number);
                xml.Group("TaxScheme", () => xml.Text("ID", scheme));
            });
        }
    }
}
