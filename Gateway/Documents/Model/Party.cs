namespace OrleansBilling.Documents;

/// <summary>The seller (BG-4) or the buyer (BG-7).</summary>
public sealed record Party
{
    /// <summary>Legal name (BT-27, BT-44).</summary>
    public required string Name { get; init; }

    /// <summary>BG-5, BG-8.</summary>
    public required PostalAddress Address { get; init; }

    /// <summary>Name it is known by, where another one (BT-28, BT-45).</summary>
    public string? TradingName { get; init; }

    /// <summary>Customer or supplier number and the like (BT-29, BT-46).</summary>
    public SchemedId? Identifier { get; init; }

    /// <summary>Number in the register of companies (BT-30, BT-47).</summary>
    public SchemedId? LegalRegistration { get; init; }

    /// <summary>Legal form, capital, court, managers: what the law wants on letters (BT-33); of the seller only.</summary>
    public string? LegalInformation { get; init; }

    /// <summary>VAT number with its country prefix, e.g. <c>DE123456789</c> (BT-31, BT-48).</summary>
    public string? VatNumber { get; init; }

    /// <summary>Local tax number (BT-32) of a seller; where there is no VAT, e.g. GST, sales tax or TIN numbers too.</summary>
    public string? TaxRegistration { get; init; }

    /// <summary>Where e-invoices are delivered, e.g. a Peppol participant (BT-34, BT-49); has a scheme.</summary>
    public SchemedId? ElectronicAddress { get; init; }

    /// <summary>BG-6, BG-9.</summary>
    public PartyContact? Contact { get; init; }
}
