using OrleansBilling.Core.Taxation;

namespace OrleansBilling.Contracts.Invoicing;

/// <summary>The legal entity on an invoice, as it was when the invoice was issued.</summary>
/// <param name="LegalEntity">Its id.</param>
/// <param name="Name">Legal name.</param>
/// <param name="Address">Street lines.</param>
/// <param name="Region">Subdivision by ISO 3166-2 without the country.</param>
/// <param name="Country">ISO 3166-1 alpha-2.</param>
/// <param name="RegistrationNumber">In a register of companies.</param>
/// <param name="Iban">Account to pay to.</param>
/// <param name="Bic">Of the bank.</param>
/// <param name="TimeZone">IANA id: its dates are local there.</param>
/// <param name="TaxRegistrations">With the numbers to print; null where it charges no tax.</param>
/// <param name="PricesIncludeTax">Whether amounts of lines contain tax; null where it charges none.</param>
[GenerateSerializer, Immutable, Alias("billing.invoice-seller")]
public sealed record InvoiceSeller(
    [property: Id(0)] string LegalEntity,
    [property: Id(1)] string Name,
    [property: Id(2)] string[] Address,
    [property: Id(3)] string? PostalCode,
    [property: Id(4)] string? City,
    [property: Id(5)] string? Region,
    [property: Id(6)] string Country,
    [property: Id(7)] string? Email,
    [property: Id(8)] string? RegistrationNumber,
    [property: Id(9)] string? Iban,
    [property: Id(10)] string? Bic,
    [property: Id(11)] string TimeZone,
    [property: Id(12)] TaxRegistration[]? TaxRegistrations = null,
    [property: Id(13)] bool? PricesIncludeTax = null)
{
    /// <summary>What is printed of a legal entity.</summary>
    public static InvoiceSeller Of(LegalEntitySpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        return new(
            spec.Id, spec.Name, spec.Address, spec.PostalCode, spec.City, spec.Region, spec.Country, spec.Email, spec.RegistrationNumber,
            spec.Iban, spec.Bic, spec.TimeZone, spec.Tax?.Registrations, spec.Tax?.PricesIncludeTax);
    }
}
