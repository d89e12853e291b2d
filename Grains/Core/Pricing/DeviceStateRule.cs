using NodaTime;
using OrleansBilling.Core.Devices;

namespace OrleansBilling.Core.Pricing;

/// <summary>What a plan says about devices in one state.</summary>
/// <param name="State">Which one; each at most once.</param>
/// <param name="Usage">Of inventory, standby and suspended: what becomes of usage; null for what is usual.</param>
/// <param name="ActivateAfterDays">Of test and activationReady: local days after which the device is active; null for another rule.</param>
/// <param name="ActivateAfterMonths">The same in months.</param>
/// <param name="Free">Of test: what may be used before the device is active.</param>
public sealed record DeviceStateRule(
    LifecycleState State, UsageInState? Usage, int? ActivateAfterDays, int? ActivateAfterMonths, IReadOnlyList<FreeUsage> Free)
{
    /// <summary>Longest time after which a device is activated by itself.</summary>
    public const int MaxDays = 3_650;

    /// <summary>The same in months.</summary>
    public const int MaxMonths = 120;

    /// <summary>Most meters of which something is free.</summary>
    public const int MaxFree = 20;

    /// <summary>What the rule comes to for a device that gets the state.</summary>
    /// <param name="from">When it gets it.</param>
    /// <param name="zone">Of the subscription: days and months are local, at the same time of day.</param>
    public LifecycleRules Settle(Instant from, DateTimeZone zone)
    {
        var local = from.InZone(zone).LocalDateTime;
        LocalDateTime? until = ActivateAfterDays is { } days ? local.PlusDays(days)
            : ActivateAfterMonths is { } months ? local.PlusMonths(months)
            : null;
        return new(until is { } at ? at.InZoneLeniently(zone).ToInstant() : null, Free);
    }
}
