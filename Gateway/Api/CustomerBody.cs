using OrleansBilling.Gateway.Requests;

namespace OrleansBilling.Gateway.Api;

/// <summary>A customer to register.</summary>
internal sealed class CustomerBody
{
    /// <summary>Chosen by you.</summary>
    [IdText]
    public required string Id { get; set; }

    /// <summary>As printed on invoices.</summary>
    [MaxText(200)]
    public required string Name { get; set; }

    /// <summary>ISO 4217 code; every plan of the customer must be in it.</summary>
    [MaxText(3)]
    public required string Currency { get; set; }

    /// <summary>Where bills go.</summary>
    [MaxText(320)]
    public string? Email { get; set; }

    /// <summary>Street lines as printed on invoices.</summary>
    [MaxText(200, Entries = 10)]
    public string[]? Address { get; set; }

    /// <summary>As printed.</summary>
    [MaxText(20)]
    public string? PostalCode { get; set; }

    /// <summary>As printed.</summary>
    [MaxText(100)]
    public string? City { get; set; }

    /// <summary>Subdivision by ISO 3166-2 without the country, such as CA.</summary>
    [MaxText(3)]
    public string? Region { get; set; }

    /// <summary>ISO 3166-1 code of two letters, such as DE.</summary>
    [MaxText(2)]
    public string? Country { get; set; }

    /// <summary>BCP 47 tag of what is sent to the customer, such as de or pt-BR; English when left out.</summary>
    [MaxText(35)]
    public string? Language { get; set; }

    /// <summary>What taxes ask; left out it is a private person.</summary>
    public CustomerTaxBody? Tax { get; set; }

    /// <summary>Who issues the customer's invoices; the tenant's default when left out.</summary>
    [IdText]
    public string? LegalEntity { get; set; }
}
