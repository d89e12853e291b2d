using OrleansBilling.Core.Taxation;

namespace OrleansBilling.Contracts.Invoicing;

/// <summary>How a legal entity charges tax.</summary>
/// <param name="Registrations">All, past ones too; at most 200.</param>
/// <param name="ProductClass">Of charges whose plan says none.</param>
/// <param name="PricesIncludeTax">Whether prices of plans contain the tax.</param>
/// <param name="Rounding">Where tax is rounded.</param>
/// <param name="UsesEuThreshold">Whether sales to consumers of other EU states are taxed at home (Directive 2006/112/EC, Art. 59c).</param>
/// <param name="MaxDataAgeDays">Holds invoices when the tax rules were reviewed longer ago; null for never.</param>
/// <param name="ExchangeRateSource">Whose rates convert taxes that a law wants shown in another currency; null for the European Central Bank.</param>
[GenerateSerializer, Immutable, Alias("billing.legal-entity-tax")]
public sealed record LegalEntityTax(
    [property: Id(0)] TaxRegistration[] Registrations,
    [property: Id(1)] string ProductClass,
    [property: Id(2)] bool PricesIncludeTax,
    [property: Id(3)] TaxRounding Rounding,
    [property: Id(4)] bool UsesEuThreshold,
    [property: Id(5)] int? MaxDataAgeDays,
    [property: Id(6)] string? ExchangeRateSource = null)
{
    /// <summary>Records compare arrays by reference; registrations are compared by content.</summary>
    public static bool Same(LegalEntityTax? a, LegalEntityTax? b) => a is null || b is null
        ? a is null && b is null
        : a with { Registrations = b.Registrations } == b && a.Registrations.SequenceEqual(b.Registrations);
}
