using OrleansBilling.Gateway.Requests;

namespace OrleansBilling.Gateway.Api;

/// <summary>Who issues invoices.</summary>
internal sealed class LegalEntityBody
{
    /// <summary>Legal name, as printed.</summary>
    [MaxText(200)]
    public required string Name { get; set; }

    /// <summary>Street lines, as printed.</summary>
    [MaxText(200, Entries = 10)]
    public string[]? Address { get; set; }

    /// <summary>Left out where the country has none.</summary>
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
    public required string Country { get; set; }

    /// <summary>IANA id: invoices are dated there. Etc/UTC when left out.</summary>
    [MaxText(64)]
    public string? TimeZone { get; set; }

    /// <summary>Days from an invoice's date to its due date, 0 to 365; 30 when left out.</summary>
    public int? PaymentDays { get; set; }

    /// <summary>What numbers of invoices begin with, for good; ends with -. INV-ID- in capitals when left out.</summary>
    [MaxText(20)]
    public string? InvoicePrefix { get; set; }

    /// <summary>The same for credit notes; CN-ID- in capitals when left out.</summary>
    [MaxText(20)]
    public string? CreditNotePrefix { get; set; }

    /// <summary>Whether it issues the invoices of customers that name no legal entity; of one at most.</summary>
    public bool? Default { get; set; }

    /// <summary>Whether every invoice waits for approval; false when left out.</summary>
    public bool? Review { get; set; }

    /// <summary>An invoice that many times the customer's usual one waits for approval; 10 when left out.</summary>
    public decimal? ReviewAbove { get; set; }

    /// <summary>How it charges tax; left out it charges none.</summary>
    public LegalEntityTaxBody? Tax { get; set; }

    /// <summary>Printed.</summary>
    [MaxText(320)]
    public string? Email { get; set; }

    /// <summary>In a register of companies.</summary>
    [MaxText(100)]
    public string? RegistrationNumber { get; set; }

    /// <summary>Account to pay to.</summary>
    [MaxText(34)]
    public string? Iban { get; set; }

    /// <summary>Of the bank.</summary>
    [MaxText(11)]
    public string? Bic { get; set; }
}
