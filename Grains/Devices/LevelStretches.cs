using NodaTime;
using OrleansBilling.Core.Usage;

namespace OrleansBilling.Grains.Devices;

/// <summary>What a level comes to: its integral, or itself at the end of a period.</summary>
internal static class LevelStretches
{
    /// <summary>Null where the level does not count: it is that of the period's end, and the stay ends before.</summary>
    public static UsageStretch? Of(MeterDefinition meter, in Stay stay, decimal level)
    {
        if (meter.Integrates)
        {
            return UsageStretch.OfLevel(stay.From, stay.To, level);
        }
        // The last instant: what begins at the end itself is the next period's.
        var last = Instant.FromUnixTimeTicks(stay.ToTicks - 1);
        return stay.EndsPeriod ? new UsageStretch(last, last, level) : null;
    }
}
