using NodaTime;
using OrleansBilling.Core.Amounts;

namespace OrleansBilling.Core.Taxation.Data;

/// <summary>A jurisdiction as the engine uses it.</summary>
/// <param name="TaxPoint">Null where the file says nothing: as <see cref="TaxPointRule.EndOrInvoice"/>.</param>
/// <param name="Rates">By tax and class, in order of time, without gaps.</param>
internal sealed record Jurisdiction(
    string Code,
    string Scheme,
    TaxPointRule? TaxPoint,
    bool RoundsPerInvoice,
    IReadOnlyList<TerritoryEntry> Territories,
    IReadOnlyList<(LocalDate From, LocalDate? Through, Currency Currency, string Source)> ShownIn,
    IReadOnlyDictionary<(string Tax, string Class), IReadOnlyList<RateTreatment>> Rates)
{
    /// <summary>The part with rules of its own that a place is in; null for none.</summary>
    internal TerritoryEntry? TerritoryOf(TaxPlace place)
    {
        var postal = place.PostalCode?.Replace(" ", "", StringComparison.Ordinal).ToUpperInvariant();
        return Territories.FirstOrDefault(t =>
            (place.Region is { } region && t.Regions?.Contains(region) == true)
            || (postal is not null && t.PostalCodes?.Any(p => postal.StartsWith(p, StringComparison.Ordinal)) == true));
    }

    internal bool Has(string tax) => Rates.Keys.Any(key => key.Tax == tax);
}
