using System.Text.RegularExpressions;
using OrleansBilling.Contracts.Common;
using OrleansBilling.Contracts.Customers;
using OrleansBilling.Contracts.Invoicing;
using OrleansBilling.Core.Amounts;
using OrleansBilling.Grains.Invoicing;

namespace OrleansBilling.Grains.Customers;

/// <summary>What a customer may be.</summary>
internal static partial class CustomerRules
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
        if (spec.Language is not null && !Language().IsMatch(spec.Language))
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

    /// <summary>Language, and if wanted script and region, by BCP 47 (RFC 5646, section 2.1).</summary>
    [GeneratedRegex("^[A-Za-z]{2,3}(-[A-Za-z]{4})?(-([A-Za-z]{2}|[0-9]{3}))?$", RegexOptions.CultureInvariant)]
    private static partial Regex Language();
}
