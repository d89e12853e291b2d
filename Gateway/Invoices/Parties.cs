using OrleansBilling.Contracts.Customers;
using OrleansBilling.Contracts.Invoicing;
using OrleansBilling.Core.Taxation;
using OrleansBilling.Documents;

namespace OrleansBilling.Gateway.Invoices;

/// <summary>Seller and buyer of documents.</summary>
internal static class Parties
{
    public static Party Of(InvoiceSeller seller, CustomerView customer)
    {
        // The registration at home, or the one of the customer's country.
        var registration = Registration(seller, customer.Country) ?? Registration(seller, seller.Country);
        var isVat = registration?.Number is { } number && number.StartsWith(Prefix(registration.Jurisdiction), StringComparison.Ordinal);
        return new()
        {
            Name = seller.Name,
            Address = Address(seller.Address, seller.PostalCode, seller.City, seller.Region, seller.Country),
            LegalRegistration = seller.RegistrationNumber is null ? null : new(seller.RegistrationNumber),
            VatNumber = isVat ? registration!.Number : null,
            TaxRegistration = isVat ? null : registration?.Number,
            Contact = seller.Email is null ? null : new(Email: seller.Email),
        };
    }

    /// <summary>Somebody of whom no more than the name is known.</summary>
    public static Party Named(string name) => new() { Name = name, Address = Address([], null, null, null, "") };

    public static Party Of(CustomerView customer) => new()
    {
        Name = customer.Name,
        // Without a country no tax is charged, and pages show none.
        Address = Address(customer.Address, customer.PostalCode, customer.City, customer.Region, customer.Country ?? ""),
        Identifier = new(customer.Id),
        VatNumber = customer.Tax?.TaxNumber,
        Contact = customer.Email is null ? null : new(Email: customer.Email),
    };

    private static TaxRegistration? Registration(InvoiceSeller seller, string? country) => country is null ? null :
        (seller.TaxRegistrations ?? []).LastOrDefault(r => r.Number is not null && r.Jurisdiction.StartsWith(country, StringComparison.Ordinal));

    /// <summary>Greek VAT numbers begin with EL (Directive 2006/112/EC, Art. 215).</summary>
    private static string Prefix(string jurisdiction) => jurisdiction == "GR" ? "EL" : jurisdiction[..2];

    /// <summary>Documents have room for three street lines.</summary>
    private static PostalAddress Address(string[] lines, string? postalCode, string? city, string? region, string country) => new()
    {
        CountryCode = country,
        Lines = lines.Length <= 3 ? lines : [lines[0], lines[1], string.Join(", ", lines[2..])],
        PostalCode = postalCode,
        City = city,
        Region = region,
    };
}
