using OrleansBilling.Core.Amounts;
using OrleansBilling.Core.Periods;

namespace OrleansBilling.Core.Pricing;

/// <summary>A catalogue offer: one version of a price plan, immutable. Its JSON is <see cref="PlanJson"/>'s.</summary>
/// <param name="Id">See <see cref="Validation.Names.IsId"/>.</param>
/// <param name="Name">For people.</param>
/// <param name="Currency">ISO 4217 code of every amount in it.</param>
/// <param name="Cycle">The billing cycle; monthly by default.</param>
/// <param name="Rounding">How a line's exact amount becomes minor units, once.</param>
/// <param name="Charges">In the order of the bill; the index is part of the keys of usage totals.</param>
public sealed record PlanDefinition(
    string Id,
    string Name,
    string Currency,
    BillingCycle Cycle,
    LineRounding Rounding,
    IReadOnlyList<ChargeDefinition> Charges)
{
    /// <summary>In the order in which they are applied to an event's dimensions, before any charge sees it.</summary>
    public IReadOnlyList<LookupDefinition> Lookups { get; init; } = [];

    /// <summary>The least a period costs over all charges; null: nothing.</summary>
    public CommitmentDefinition? Minimum { get; init; }

    /// <summary>The most a period costs over all charges; null: no bound.</summary>
    public CommitmentDefinition? Maximum { get; init; }

    /// <summary>In the order in which they are taken.</summary>
    public IReadOnlyList<DiscountDefinition> Discounts { get; init; } = [];

    /// <summary>How a subscription begins; null: with all fees.</summary>
    public TrialDefinition? Trial { get; init; }

    /// <summary>What follows the trial, in this order, before the plan is as it says.</summary>
    public IReadOnlyList<PhaseDefinition> Phases { get; init; } = [];

    /// <summary>How long a subscription is agreed for; null: it can be left at any time.</summary>
    public TermDefinition? Term { get; init; }

    /// <summary>What becomes of usage in a pause that does not say it itself.</summary>
    public UsageInPause PausedUsage { get; init; }

    /// <summary>What is special about states of its devices; the others are as they are without a rule.</summary>
    public IReadOnlyList<DeviceStateRule> DeviceStates { get; init; } = [];
}
