using NodaTime;

namespace OrleansBilling.Core.Taxation;

/// <summary>Why a buyer pays no tax of a jurisdiction, with the paper that proves it: a resale or exemption certificate of a US state, or
/// the status of an embassy or an international organisation.</summary>
/// <param name="Jurisdiction">ISO 3166-1 or 3166-2; it exempts from taxes of exactly this jurisdiction.</param>
/// <param name="Certificate">Number or reference of the paper that the seller keeps.</param>
/// <param name="Reason">Stable key of the reason, e.g. <c>resale</c> or <c>diplomatic</c>; shown as the exemption reason.</param>
/// <param name="ValidFrom">First day.</param>
/// <param name="ValidThrough">Last day; null while it lasts.</param>
/// <param name="Classes">Product classes it is for; null for all.</param>
/// <param name="VatexCode">Code of the VATEX list for e-invoices, e.g. <c>VATEX-EU-151</c>; null where there is none.</param>
public sealed record TaxExemption(
    string Jurisdiction,
    string Certificate,
    string Reason,
    LocalDate ValidFrom,
    LocalDate? ValidThrough = null,
    IReadOnlyList<string>? Classes = null,
    string? VatexCode = null)
{
    /// <summary>Whether it is in force on a day for a class of product.</summary>
    public bool Covers(LocalDate day, string productClass) =>
        day >= ValidFrom && (ValidThrough is not { } last || day <= last) && Classes?.Contains(productClass) != false;
}
