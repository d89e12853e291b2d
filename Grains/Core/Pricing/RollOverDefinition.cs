namespace OrleansBilling.Core.Pricing;

/// <summary>What of a pool that was not used is there in the next period.</summary>
/// <param name="Percent">0 to 100: the share of what is left of a period's own quantity that is carried; what was carried
/// before is not shared again.</param>
/// <param name="Minimum">At least so many priced units are carried out of a period, used or not; null: none.</param>
/// <param name="Maximum">At most so many are carried out of a period in all, the oldest being dropped first; null: no
/// limit.</param>
/// <param name="Periods">For how many periods a carried quantity can be used; 1 to <see cref="MaxPeriods"/>.</param>
/// <param name="SurvivesPlanChange">Whether it is carried into a new plan that has the same charge and allowance by id.</param>
public sealed record RollOverDefinition(
    decimal Percent, decimal? Minimum, decimal? Maximum, int Periods, bool SurvivesPlanChange)
{
    /// <summary>The most periods that a quantity may be carried.</summary>
    public const int MaxPeriods = 60;
}
