using OrleansBilling.Core.Taxation.Data;

namespace OrleansBilling.Core.Taxation.Assessing;

/// <summary>What is due on a line, or why that is not known.</summary>
/// <param name="Parts">Empty when it is held.</param>
/// <param name="Jurisdictions">Of which the data was used.</param>
internal sealed record AssessedLine(
    IReadOnlyList<(SupplyPeriod Supply, IReadOnlyList<TaxKey> Keys)> Parts,
    IReadOnlyList<string> Notes,
    IReadOnlyList<(TaxKey Key, RateTreatment Rate)> Rates,
    IReadOnlyList<string> Jurisdictions,
    bool RoundsPerInvoice,
    TaxHold? Hold)
{
    internal static AssessedLine Held(TaxHold hold) => new([], [], [], [], false, hold);
}
