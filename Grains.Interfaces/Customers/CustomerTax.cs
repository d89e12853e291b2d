using OrleansBilling.Core.Taxation;

namespace OrleansBilling.Contracts.Customers;

/// <summary>What taxes ask of a customer.</summary>
/// <param name="Kind">Business or consumer.</param>
/// <param name="TaxNumber">VAT number with its prefix, ABN, GSTIN and so on; null for none.</param>
/// <param name="TaxNumberCheck">What its register said.</param>
/// <param name="Exemptions">Certificates and the like; at most 100.</param>
[GenerateSerializer, Immutable, Alias("billing.customer-tax")]
public sealed record CustomerTax(
    [property: Id(0)] BuyerKind Kind,
    [property: Id(1)] string? TaxNumber,
    [property: Id(2)] TaxNumberCheck TaxNumberCheck,
    [property: Id(3)] TaxExemption[] Exemptions)
{
    /// <summary>Of a customer that said nothing: a private person.</summary>
    public static CustomerTax Unknown { get; } = new(BuyerKind.Consumer, null, TaxNumberCheck.NotAsked, []);

    /// <summary>Records compare arrays by reference; exemptions are compared by content.</summary>
    public static bool Same(CustomerTax? a, CustomerTax? b) => a is null || b is null
        ? a is null && b is null
        : a with { Exemptions = b.Exemptions } == b && a.Exemptions.Select(e => e with { Classes = null })
            .SequenceEqual(b.Exemptions.Select(e => e with { Classes = null }))
            && a.Exemptions.Zip(b.Exemptions).All(p => (p.First.Classes ?? []).SequenceEqual(p.Second.Classes ?? []));
}
