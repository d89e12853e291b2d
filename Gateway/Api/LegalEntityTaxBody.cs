using OrleansBilling.Contracts.Invoicing;
using OrleansBilling.Core.ExchangeRates;
using OrleansBilling.Core.Taxation;
using OrleansBilling.Gateway.Problems;
using OrleansBilling.Gateway.Requests;

namespace OrleansBilling.Gateway.Api;

/// <summary>How a legal entity charges tax.</summary>
internal sealed class LegalEntityTaxBody
{
    private const int MaxRegistrations = 200;

    /// <summary>Where it is registered, past registrations too; at most 200.</summary>
    public required TaxRegistrationBody[] Registrations { get; set; }

    /// <summary>Of all charges: telecommunications, electronic_services, services, goods, electricity or not_a_supply; telecommunications
    /// when left out.</summary>
    [MaxText(50)]
    public string? ProductClass { get; set; }

    /// <summary>Whether prices of plans contain the tax; false when left out.</summary>
    public bool? PricesIncludeTax { get; set; }

    /// <summary>Where tax is rounded: perInvoice (once per tax and rate) or perLine; perInvoice when left out.</summary>
    [MaxText(20)]
    public string? Rounding { get; set; }

    /// <summary>Whether sales to consumers of other EU states are taxed at home, up to 10,000 EUR a year (Directive 2006/112/EC, Art. 59c);
    /// false when left out.</summary>
    public bool? UsesEuThreshold { get; set; }

    /// <summary>Invoices are held when the tax rules were reviewed more days ago; never when left out.</summary>
    public int? MaxDataAgeDays { get; set; }

    /// <summary>Whose exchange rates convert taxes that a law wants shown in another currency; ECB when left out.</summary>
    [MaxText(60)]
    public string? ExchangeRateSource { get; set; }

    /// <exception cref="ProblemException">A word or a date is none.</exception>
    public LegalEntityTax ToTax()
    {
        if (Registrations.Length > MaxRegistrations)
        {
            throw new ProblemException(Problem.Invalid("json.too_many", $"At most {MaxRegistrations} entries are allowed here.", "/tax/registrations"));
        }
        if (ExchangeRateSource is not null && !RateSources.IsName(ExchangeRateSource))
        {
            throw new ProblemException(Problem.Invalid(
                "exchange_rate.source", "Give a source of 1 to 60 printable characters.", "/tax/exchangeRateSource"));
        }
        return new(
            [.. Registrations.Select((r, i) => r.ToRegistration($"/tax/registrations/{i}"))], ProductClass ?? TaxClasses.Telecommunications,
            PricesIncludeTax ?? false,
            Rounding is null ? TaxRounding.PerInvoice : BodyWords.Read<TaxRounding>(Rounding, "tax.rounding", "/tax/rounding"),
            UsesEuThreshold ?? false, MaxDataAgeDays, ExchangeRateSource);
    }
}

/// <summary>One registration of a seller.</summary>
internal sealed class TaxRegistrationBody
{
    /// <summary>ISO 3166-1 or 3166-2: DE, CA (GST/HST), CA-QC (QST), US-NY, IN-KA.</summary>
    [MaxText(6)]
    public required string Jurisdiction { get; set; }

    /// <summary>ordinary, ossUnion, ossNonUnion or foreignSupplier; ordinary when left out.</summary>
    [MaxText(20)]
    public string? Kind { get; set; }

    /// <summary>Printed on invoices; left out where none is shown.</summary>
    [MaxText(50)]
    public string? Number { get; set; }

    /// <summary>First day, yyyy-mm-dd.</summary>
    [MaxText(10)]
    public required string ValidFrom { get; set; }

    /// <summary>Last day; left out while it lasts.</summary>
    [MaxText(10)]
    public string? ValidThrough { get; set; }

    public TaxRegistration ToRegistration(string pointer) => new(
        Jurisdiction,
        Kind is null ? TaxRegistrationKind.Ordinary : BodyWords.Read<TaxRegistrationKind>(Kind, "tax.registration_kind", $"{pointer}/kind"),
        Number, BodyWords.Date(ValidFrom, $"{pointer}/validFrom"),
        ValidThrough is null ? null : BodyWords.Date(ValidThrough, $"{pointer}/validThrough"));
}
