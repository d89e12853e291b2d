using OrleansBilling.Grains.Pricing;

namespace OrleansBilling.Grains.ReRating;

/// <summary>Periods that are rated by a corrected version of the plan that was in force.</summary>
/// <param name="Id">Of the re-rating.</param>
/// <param name="WrongVersion">What it is instead of, by the corrections before it.</param>
/// <param name="BilledFrom">The first period whose invoice knows it.</param>
/// <param name="Variants">Whether agreed terms and phases of the version are corrected, too; an earlier program left them as they were.</param>
internal sealed record ReRatedPeriods(
    string Id, string Plan, int WrongVersion, PlanEntry Corrected, int FirstPeriod, int LastPeriod, int BilledFrom, bool Variants)
{
    /// <summary>The plan to rate a period with, as the invoice of a period says: with the agreed terms and the phase that there were.</summary>
    public PlanEntry For(PlanEntry known, int period, int billed) =>
        (known.View.Id, known.View.Version) == (Plan, WrongVersion) && period >= FirstPeriod && period <= LastPeriod && billed >= BilledFrom
            && (Variants || known.Variant is null)
            ? Corrected.AsHadWith(known)
            : known;
}
