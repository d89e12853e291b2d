namespace OrleansBilling.Contracts.Invoicing;

/// <summary>Who issues invoices: the seller named on them, with number series and a chain of its own.</summary>
/// <param name="Id">1–128 characters; unique in the tenant.</param>
/// <param name="Name">Legal name, as printed.</param>
/// <param name="Address">Street lines, as printed; at most ten.</param>
/// <param name="PostalCode">Null where the country has none.</param>
/// <param name="City">As printed; may be null.</param>
/// <param name="Region">Subdivision by ISO 3166-2 without the country, such as <c>CA</c>; null where it does not matter.</param>
/// <param name="Country">ISO 3166-1 alpha-2.</param>
/// <param name="TimeZone">IANA id: invoices are dated there.</param>
/// <param name="PaymentDays">Days from an invoice's date to the last day on which it can be paid in time; 0 to 365.</param>
/// <param name="InvoicePrefix">What numbers of invoices begin with; ends with <c>-</c>, and no other series of the tenant has it.</param>
/// <param name="CreditNotePrefix">The same for credit notes.</param>
/// <param name="IsDefault">Whether it issues the invoices of customers that name no legal entity; of one of the tenant at most.</param>
/// <param name="Review">Whether every invoice waits for somebody's approval.</param>
/// <param name="ReviewAbove">An invoice that many times the customer's usual one waits for approval; null for never.</param>
/// <param name="Email">Printed; null for none.</param>
/// <param name="RegistrationNumber">In a register of companies; null for none.</param>
/// <param name="Iban">Account to pay to; null for none.</param>
/// <param name="Bic">Of the bank; null for none.</param>
/// <param name="Tax">How it charges tax; null for not at all.</param>
[GenerateSerializer, Immutable, Alias("billing.legal-entity-spec")]
public sealed record LegalEntitySpec(
    [property: Id(0)] string Id,
    [property: Id(1)] string Name,
    [property: Id(2)] string[] Address,
    [property: Id(3)] string? PostalCode,
    [property: Id(4)] string? City,
    [property: Id(5)] string? Region,
    [property: Id(6)] string Country,
    [property: Id(7)] string TimeZone,
    [property: Id(8)] int PaymentDays,
    [property: Id(9)] string InvoicePrefix,
    [property: Id(10)] string CreditNotePrefix,
    [property: Id(11)] bool IsDefault,
    [property: Id(12)] bool Review,
    [property: Id(13)] decimal? ReviewAbove,
    [property: Id(14)] string? Email,
    [property: Id(15)] string? RegistrationNumber,
    [property: Id(16)] string? Iban,
    [property: Id(17)] string? Bic,
    [property: Id(18)] LegalEntityTax? Tax = null);
