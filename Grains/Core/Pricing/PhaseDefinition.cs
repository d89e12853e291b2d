namespace OrleansBilling.Core.Pricing;

/// <summary>A stretch at the beginning of a plan in which some of its terms are others; after the last one the plan is as it says.</summary>
/// <param name="Name">For people.</param>
/// <param name="Periods">Billing periods that it lasts, a begun one included; 1 to <see cref="PlanLimits.MaxStagePeriods"/>.</param>
/// <param name="Terms">Prices of charges, and discounts beside the plan's.</param>
public sealed record PhaseDefinition(string Name, int Periods, PlanOverrides Terms);
