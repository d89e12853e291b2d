using NodaTime;
using OrleansBilling.Core.Amounts;
using OrleansBilling.Core.Pricing;

namespace OrleansBilling.Core.Rating;

/// <summary>What would this usage cost? Exactly one of charge and plan is set.</summary>
public sealed record QuoteRequest
{
    /// <summary>Most usage entries in a request.</summary>
    public const int MaxUsage = 100_000;

    /// <summary>Days of the period when the request gives none.</summary>
    public const int DefaultDays = 30;

    /// <summary>ISO 4217 code. Required with a charge; with a plan, null or the plan's own.</summary>
    public string? Currency { get; init; }

    /// <summary>An inline charge. It needs no meter: quantities are in its unit.</summary>
    public ChargeDefinition? Charge { get; init; }

    /// <summary>A compiled plan; every charge of it is quoted.</summary>
    public CompiledPlan? Plan { get; init; }

    /// <summary>What is agreed otherwise than the plan; the caller compiles the plan with it.</summary>
    public PlanOverrides? Overrides { get; init; }

    /// <summary>Whether the period is in the plan's trial; only of a plan that has one.</summary>
    public bool Trial { get; init; }

    /// <summary>The phase of the plan, from 1; null: the plan as it says. The caller compiles the plan in it.</summary>
    public int? Phase { get; init; }

    /// <summary>One quantity; not together with <see cref="Usage"/>.</summary>
    public decimal? Quantity { get; init; }

    /// <summary>Several quantities of one period; not together with <see cref="Quantity"/>.</summary>
    public IReadOnlyList<TimedQuantity>? Usage { get; init; }

    /// <summary>Where local time is read; UTC when null.</summary>
    public DateTimeZone? Zone { get; init; }

    /// <summary>With a charge: how its amount is rounded.</summary>
    public LineRounding Rounding { get; init; }

    /// <summary>Days of the billing period, 1 to 1,000; <see cref="DefaultDays"/> when null.</summary>
    public int? Days { get; init; }

    /// <summary>Active devices that the subscription has for the whole period, for charges per device and pools; 0 to
    /// <see cref="MaxDevices"/>. Charges for joining are due for each.</summary>
    public int Devices { get; init; }

    /// <summary>Quantities that were bought for charges, in the order in which they are used; not null.</summary>
    public IReadOnlyList<QuotePack> Packs { get; init; } = [];

    /// <summary>Most packs in a request.</summary>
    public const int MaxPacks = 1_000;

    /// <summary>Most devices in a request.</summary>
    public const int MaxDevices = 100_000_000;
}
