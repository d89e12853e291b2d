using OrleansBilling.Core.Devices;

namespace OrleansBilling.Core.Pricing;

/// <summary>One priced component of a plan. Exactly one of price, time of use and schedule is set.</summary>
public sealed record ChargeDefinition
{
    /// <summary>Unique in the plan; the key of invoice lines and adjustments.</summary>
    public required string Id { get; init; }

    /// <summary>For people; the id when the plan gives none.</summary>
    public required string Name { get; init; }

    /// <summary>What is sold, as far as taxes ask: a class of the tax rules; null for that of who issues the invoice.</summary>
    public string? TaxClass { get; init; }

    /// <summary>What it is due for.</summary>
    public ChargeKind Kind { get; init; }

    /// <summary>Of a usage charge: the meter's id.</summary>
    public string? Meter { get; init; }

    /// <summary>The priced unit; null is the meter's own. The period's total is converted, never single
    /// events.</summary>
    public string? Unit { get; init; }

    /// <summary>What of an event is priced.</summary>
    public UsageBasis Of { get; init; }

    /// <summary>Every clause must hold for an event to count; empty: every event of the meter does.</summary>
    public IReadOnlyList<WhereClause> Where { get; init; } = [];

    /// <summary>An expression that must be true for an event to count, in place of <see cref="Where"/>; null: none. It sees what the
    /// meter and the plan's look-up tables made of the event.</summary>
    public string? Filter { get; init; }

    /// <summary>Whether some events of the meter do not count.</summary>
    public bool IsFiltered => Where.Count > 0 || Filter is not null;

    /// <summary>Applied to each event's value first; null: nothing is.</summary>
    public PerEventRule? PerEvent { get; init; }

    /// <summary>What each session comes to is rounded; in the meter's unit. Of a session that is cut, what is counted up to a cut is the
    /// rounded quantity up to it, so that an increment belongs to the part in which it begins.</summary>
    public QuantityRounding? PerSession { get; init; }

    /// <summary>Each device's quantity of the period is rounded before devices are added up; in the meter's
    /// unit.</summary>
    public QuantityRounding? PerDevice { get; init; }

    /// <summary>The period's quantity is rounded before it is priced; in the priced unit.</summary>
    public QuantityRounding? PerLine { get; init; }

    /// <summary>The price; null with time of use or a schedule.</summary>
    public PriceDefinition? Price { get; init; }

    /// <summary>Prices by local time.</summary>
    public TimeOfUseDefinition? TimeOfUse { get; init; }

    /// <summary>Prices by instant.</summary>
    public ScheduleDefinition? Schedule { get; init; }

    /// <summary>Priced units of a period that are free, before tiers; only with a single price.</summary>
    public decimal? FreeQuantity { get; init; }

    /// <summary>What the devices bring that is free, after <see cref="FreeQuantity"/>; only with a single price.</summary>
    public AllowanceDefinition? Allowance { get; init; }

    /// <summary>Several included quantities instead of the two above, in the order of the plan; see
    /// <see cref="ChargeAllowance"/> for the order of use.</summary>
    public IReadOnlyList<ChargeAllowance> Allowances { get; init; } = [];

    /// <summary>Priced units that one device can use of all pools of <see cref="Allowances"/> in a period, whole; what it uses
    /// beyond is its own overage. Null: no limit.</summary>
    public decimal? PoolLimitPerDevice { get; init; }

    /// <summary>0 to 100, off the amount, before minimum and maximum.</summary>
    public decimal? DiscountPercent { get; init; }

    /// <summary>The least a period costs, with or without usage; major units.</summary>
    public decimal? Minimum { get; init; }

    /// <summary>The most a period costs; major units.</summary>
    public decimal? Maximum { get; init; }

    /// <summary>Whether minimum and maximum are shares by local days where the subscription was active for a part of the
    /// period.</summary>
    public bool ProrateBounds { get; init; }

    /// <summary>Of a usage charge: where reservations end.</summary>
    public BlockAt BlockAt { get; init; }

    /// <summary>Of a recurring charge: what a part of a period costs.</summary>
    public RecurringProration Proration { get; init; }

    /// <summary>Of a recurring charge: what the amount is for. Of a one-time charge: <see cref="RecurringPer.Device"/> makes it
    /// due for each device, in the period in which it joins the subscription.</summary>
    public RecurringPer Per { get; init; }

    /// <summary>Of a charge per device: states in which a device is charged, or which it enters; empty: active.</summary>
    public IReadOnlyList<LifecycleState> States { get; init; } = [];

    /// <summary>Of a one-time charge per device: it is due each time a device changes from one of these to one of
    /// <see cref="States"/>; empty: once, when the device joins the subscription.</summary>
    public IReadOnlyList<LifecycleState> FromStates { get; init; } = [];

    /// <summary>Whether it is due for each device of the subscription.</summary>
    public bool IsPerDevice => Per == RecurringPer.Device;
}
