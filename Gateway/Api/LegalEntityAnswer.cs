using OrleansBilling.Contracts.Invoicing;

namespace OrleansBilling.Gateway.Api;

/// <summary>Who issues invoices, with number series and a chain of its own.</summary>
/// <param name="Default">Whether it issues the invoices of customers that name no legal entity.</param>
/// <param name="PaymentDays">Days from an invoice's date to its due date.</param>
/// <param name="Review">Whether every invoice waits for approval.</param>
/// <param name="ReviewAbove">An invoice that many times the customer's usual one waits for approval.</param>
/// <param name="Tax">How it charges tax; null for not at all.</param>
internal sealed record LegalEntityAnswer(
    string Id,
    string Name,
    string[] Address,
    string? PostalCode,
    string? City,
    string? Region,
    string Country,
    string TimeZone,
    int PaymentDays,
    string InvoicePrefix,
    string CreditNotePrefix,
    bool Default,
    bool Review,
    decimal? ReviewAbove,
    string? Email,
    string? RegistrationNumber,
    string? Iban,
    string? Bic,
    LegalEntityTax? Tax)
{
    public static LegalEntityAnswer Of(LegalEntitySpec spec) => new(
        spec.Id, spec.Name, spec.Address, spec.PostalCode, spec.City, spec.Region, spec.Country, spec.TimeZone, spec.PaymentDays,
        spec.InvoicePrefix, spec.CreditNotePrefix, spec.IsDefault, spec.Review, spec.ReviewAbove, spec.Email, spec.RegistrationNumber, spec.Iban,
        spec.Bic, spec.Tax);
}
