using NodaTime;

namespace OrleansBilling.Core.Taxation;

/// <summary>One registration of a seller.</summary>
/// <param name="Jurisdiction">ISO 3166-1 or 3166-2: <c>DE</c>, <c>CA</c> (GST/HST), <c>CA-QC</c> (QST), <c>US-NY</c>,
/// <c>IN-KA</c>.</param>
/// <param name="Kind">Of which scheme.</param>
/// <param name="Number">For the invoice; null where none is shown.</param>
/// <param name="ValidFrom">First day.</param>
/// <param name="ValidThrough">Last day; null while it lasts.</param>
public sealed record TaxRegistration(
    string Jurisdiction,
    TaxRegistrationKind Kind,
    string? Number,
    LocalDate ValidFrom,
    LocalDate? ValidThrough = null)
{
    /// <summary>Whether it is in force on a day.</summary>
    public bool Covers(LocalDate day) => day >= ValidFrom && (ValidThrough is not { } last || day <= last);
}
