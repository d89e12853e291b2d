using System.Globalization;
using OrleansBilling.Contracts.Common;
using OrleansBilling.Contracts.Customers;
using OrleansBilling.Contracts.Invoicing;
using OrleansBilling.Core.Amounts;
using OrleansBilling.Grains.Invoicing;

namespace OrleansBilling.Grains.Customers;

/// <summary>What a customer may be.</summary>
internal static class CustomerRules
{
    /// <param name="issuer">The legal entity that the customer names, if there is one.</param>
    public static IEnumerable<CommandError> Faults(CustomerSpec spec, LegalEntitySpec? issuer)
    {
        if (!Currency.TryParse(spec.Currency, out _))
        {
            yield return new("currency.unknown", "The currency must be an ISO 4217 code such as EUR.", "/currency");
        }
        if (spec.Country is not null && !LegalEntityRules.IsCountry(spec.Country))
        {
            yield return new("customer.country", "The country must be an ISO 3166-1 code of two capital letters, such as DE.", "/country");
        }
        if (spec.Language is not null && !IsLanguage(spec.Language))
        {
            yield return new("customer.language", "The language must be a BCP 47 tag such as de or pt-BR.", "/language");
        }
        if (spec.LegalEntity is not null && issuer is null)
        {
            yield return new("legal_entity.unknown", $"There is no legal entity '{spec.LegalEntity}'; add it first.", "/legalEntity");
        }
    }

    /// <summary>Records compare arrays by reference; addresses are compared by content.</summary>
    public static bool Same(CustomerSpec a, CustomerSpec b) => a with { Address = b.Address, Tax = b.Tax } == b
        && a.Address.SequenceEqual(b.Address) && CustomerTax.Same(a.Tax, b.Tax);

    /// <summary>Well-formed, and known to the machine's locale data.</summary>
    private static bool IsLanguage(string tag)
    {
        try
        {
            return CultureInfo.GetCultureInfo(tag, predefinedOnly: true).Name.Length > 0;
        }
        catch (CultureNotFoundException)
        {
            return false;
        }
    }
}
