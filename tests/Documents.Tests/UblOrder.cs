using System.Xml.Linq;

namespace OrleansBilling.Documents.Tests;

/// <summary>Names and order of elements by the schemas of UBL 2.1 (OASIS, 2013), as far as documents use them: an element that
/// is not listed, stands too late or too often is an error.</summary>
internal static class UblOrder
{
    private static readonly Dictionary<string, string> Schemas = new()
    {
        ["Invoice"] = "CustomizationID ProfileID ID IssueDate DueDate InvoiceTypeCode Note* DocumentCurrencyCode TaxCurrencyCode BuyerReference "
            + "InvoicePeriod OrderReference BillingReference* ContractDocumentReference AccountingSupplierParty AccountingCustomerParty Delivery "
            + "PaymentMeans* PaymentTerms AllowanceCharge* TaxTotal* LegalMonetaryTotal InvoiceLine*",
        ["CreditNote"] = "CustomizationID ProfileID ID IssueDate CreditNoteTypeCode Note* DocumentCurrencyCode TaxCurrencyCode BuyerReference "
            + "InvoicePeriod OrderReference BillingReference* ContractDocumentReference AccountingSupplierParty AccountingCustomerParty Delivery "
            + "PaymentMeans* PaymentTerms AllowanceCharge* TaxTotal* LegalMonetaryTotal CreditNoteLine*",
        ["InvoicePeriod"] = "StartDate EndDate",
        ["OrderReference"] = "ID",
        ["BillingReference"] = "InvoiceDocumentReference",
        ["InvoiceDocumentReference"] = "ID IssueDate",
        ["ContractDocumentReference"] = "ID",
        ["AccountingSupplierParty"] = "Party",
        ["AccountingCustomerParty"] = "Party",
        ["Party"] = "EndpointID PartyIdentification* PartyName PostalAddress PartyTaxScheme* PartyLegalEntity Contact",
        ["PartyIdentification"] = "ID",
        ["PartyName"] = "Name",
        ["PostalAddress"] = "StreetName AdditionalStreetName CityName PostalZone CountrySubentity AddressLine* Country",
        ["Address"] = "StreetName AdditionalStreetName CityName PostalZone CountrySubentity AddressLine* Country",
        ["AddressLine"] = "Line",
        ["Country"] = "IdentificationCode",
        ["PartyTaxScheme"] = "CompanyID TaxScheme",
        ["TaxScheme"] = "ID",
        ["PartyLegalEntity"] = "RegistrationName CompanyID CompanyLegalForm",
        ["Contact"] = "Name Telephone ElectronicMail",
        ["Delivery"] = "ActualDeliveryDate DeliveryLocation",
        ["DeliveryLocation"] = "Address",
        ["PaymentMeans"] = "PaymentMeansCode PaymentDueDate PaymentID PayeeFinancialAccount PaymentMandate",
        ["PayeeFinancialAccount"] = "ID Name FinancialInstitutionBranch",
        ["FinancialInstitutionBranch"] = "ID",
        ["PaymentMandate"] = "ID PayerFinancialAccount",
        ["PayerFinancialAccount"] = "ID",
        ["PaymentTerms"] = "Note",
        ["AllowanceCharge"] = "ChargeIndicator AllowanceChargeReasonCode AllowanceChargeReason MultiplierFactorNumeric Amount BaseAmount TaxCategory",
        ["TaxCategory"] = "ID Percent TaxExemptionReasonCode TaxExemptionReason TaxScheme",
        ["ClassifiedTaxCategory"] = "ID Percent TaxScheme",
        ["TaxTotal"] = "TaxAmount TaxSubtotal*",
        ["TaxSubtotal"] = "TaxableAmount TaxAmount TaxCategory",
        ["LegalMonetaryTotal"] = "LineExtensionAmount TaxExclusiveAmount TaxInclusiveAmount AllowanceTotalAmount ChargeTotalAmount PrepaidAmount "
            + "PayableRoundingAmount PayableAmount",
        ["InvoiceLine"] = "ID InvoicedQuantity LineExtensionAmount AccountingCost InvoicePeriod AllowanceCharge* Item Price",
        ["CreditNoteLine"] = "ID CreditedQuantity LineExtensionAmount AccountingCost InvoicePeriod AllowanceCharge* Item Price",
        ["Item"] = "Description Name SellersItemIdentification ClassifiedTaxCategory AdditionalItemProperty",
        ["SellersItemIdentification"] = "ID",
        ["AdditionalItemProperty"] = "Name Value",
        ["Price"] = "PriceAmount BaseQuantity",
    };

    public static IReadOnlyList<string> Errors(byte[] file)
    {
        using var stream = new MemoryStream(file);
        return [.. XDocument.Load(stream).Root!.DescendantsAndSelf().Where(element => element.HasElements).SelectMany(Errors)];
    }

    private static IEnumerable<string> Errors(XElement parent)
    {
        if (!Schemas.TryGetValue(parent.Name.LocalName, out var schema))
        {
            yield return $"{parent.Name.LocalName} is not expected.";
            yield break;
        }

        var names = schema.Split(' ');
        var at = 0;
        XElement? before = null;
        foreach (var child in parent.Elements())
        {
            var name = child.Name.LocalName;
            var place = Array.FindIndex(names, at, candidate => candidate.TrimEnd('*') == name);
            if (place < 0 || (before?.Name == child.Name && !names[place].EndsWith('*')))
            {
                yield return $"{name} is not expected here in {parent.Name.LocalName}.";
                yield break;
            }

            at = place;
            before = child;
        }
    }
}
