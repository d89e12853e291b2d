using OrleansBilling.Core.Amounts;
using OrleansBilling.Core.Balances;

namespace OrleansBilling.Core.Rating;

/// <summary>What one charge comes to in one period.</summary>
/// <param name="ChargeId">The charge in its plan.</param>
/// <param name="Name">For people.</param>
/// <param name="Kind"><c>usage</c>, <c>recurring</c> or <c>oneTime</c>; <c>minimum</c>, <c>maximum</c> or <c>discount</c> for a
/// line of the whole bill; <c>earlyTermination</c> for the fee of an early end; <c>lateUsage</c> for an adjustment.</param>
/// <param name="Quantity">In <paramref name="Unit"/>, before free quantities. 1 for recurring and one-time charges,
/// or the number of days.</param>
/// <param name="Unit">The priced unit; null where nothing is measured.</param>
/// <param name="Events">Usage events behind it.</param>
/// <param name="ExactAmount">Major units, not rounded to the minor unit.</param>
/// <param name="Amount">Rounded once, as the plan says.</param>
/// <param name="Steps">How the amount came about; their amounts add up to <paramref name="Amount"/>.</param>
public sealed record RatedCharge(
    string ChargeId,
    string Name,
    string Kind,
    decimal Quantity,
    string? Unit,
    long Events,
    decimal ExactAmount,
    Money Amount,
    IReadOnlyList<RatingStep> Steps)
{
    /// <summary>What the usage took of packs.</summary>
    public IReadOnlyList<PackDraw> Packs { get; init; } = [];
}
