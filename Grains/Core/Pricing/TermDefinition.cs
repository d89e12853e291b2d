namespace OrleansBilling.Core.Pricing;

/// <summary>How long a subscription is agreed for, and what leaving before costs.</summary>
/// <param name="Periods">Billing periods, the one in which the plan begins included; 1 to <see cref="PlanLimits.MaxStagePeriods"/>.</param>
/// <param name="Renew">Whether a term as long follows when one is over; otherwise it runs on without one.</param>
/// <param name="EarlyTerminationFee">Due when it is cancelled before the term is over; null: nothing is.</param>
public sealed record TermDefinition(int Periods, bool Renew, TerminationFeeDefinition? EarlyTerminationFee);
