using OrleansBilling.Core.Devices;

namespace OrleansBilling.Core.Pricing;

/// <summary>One of several included quantities of a usage charge.</summary>
/// <remarks>Rule: ADR 0022. They are used in the order of their kinds, of one kind by priority, then the narrower scope
/// first, then in the order of the plan.</remarks>
public sealed record ChargeAllowance
{
    /// <summary>Unique in the charge.</summary>
    public required string Id { get; init; }

    /// <summary>For people; the id when the plan gives none.</summary>
    public required string Name { get; init; }

    /// <summary>Whose it is.</summary>
    public AllowanceKind Kind { get; init; }

    /// <summary>Priced units, above zero: of a whole period for each device, of the subscription, or of one block.</summary>
    public decimal Quantity { get; init; }

    /// <summary>Among allowances of the same kind the lower number is used first; 0 to <see cref="MaxPriority"/>.</summary>
    public int Priority { get; init; }

    /// <summary>Only events for which every clause holds can use it; empty: all of the charge.</summary>
    public IReadOnlyList<WhereClause> Where { get; init; } = [];

    /// <summary>Of what devices bring: what a device brings that came during the period.</summary>
    public MemberShare Joiner { get; init; }

    /// <summary>Of what devices bring: what a device brings that left during the period.</summary>
    public MemberShare Leaver { get; init; } = AllowanceDefinition.DefaultLeaver;

    /// <summary>Of what devices bring: states in which a device brings it; empty: active.</summary>
    public IReadOnlyList<LifecycleState> States { get; init; } = [];

    /// <summary>Of a fixed pool: whether a subscription that ran for a part of the period has the share of its local
    /// days.</summary>
    public bool Prorate { get; init; }

    /// <summary>Of a block: what one costs, in major units; not below zero.</summary>
    public decimal? Price { get; init; }

    /// <summary>Of a block: how many are bought in a period at most; null: as many as are needed.</summary>
    public int? MaxBlocks { get; init; }

    /// <summary>Of a flex or fixed pool: what is carried into the next period; null: nothing.</summary>
    public RollOverDefinition? RollOver { get; init; }

    /// <summary>The greatest priority.</summary>
    public const int MaxPriority = 1_000;

    /// <summary>Whether the quantity is for each device.</summary>
    public bool IsPerDevice => Kind is AllowanceKind.Device or AllowanceKind.Flex;
}
