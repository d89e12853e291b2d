using OrleansBilling.Core.Devices;

namespace OrleansBilling.Grains.Devices;

/// <summary>A state that a device was given, and how it ends by itself.</summary>
/// <param name="from">Unix ticks of its first instant.</param>
/// <param name="state">Which one.</param>
internal sealed class LifecycleStay(long from, LifecycleState state)
{
    public long From { get; } = from;

    public LifecycleState State { get; } = state;

    /// <summary>Settled when the state was given, or when the device came to a subscription in it; null where the state has none.</summary>
    public LifecycleRules? Rules { get; set; }

    /// <summary>Unix ticks from which the device's usage makes it active; the earliest that its usage so far gives.</summary>
    public long UsedUpAt { get; set; } = long.MaxValue;

    /// <summary>Usage before <see cref="UsedUpAt"/>, which is free, in the order it came.</summary>
    public IReadOnlyList<TestUsage> Free { get; set; } = [];

    /// <summary>Unix ticks from which the device is active by itself; the greatest number for never.</summary>
    public long ActiveFrom => !State.Activates() ? long.MaxValue
        : Math.Min(UsedUpAt, Rules?.ActivateAt?.ToUnixTimeTicks() ?? long.MaxValue);

    /// <summary>Whether some usage of a meter is free.</summary>
    public bool Allows(MeterEntry meter) => Rules is { } rules && rules.Free.Any(f => f.Meter == meter.Definition.Id);

    /// <summary>Each state from its first instant on, as it follows from what the device was given.</summary>
    public static (long From, LifecycleState State, bool Given)[] Effective(IReadOnlyList<LifecycleStay> stays)
    {
        var effective = new List<(long, LifecycleState, bool)>(stays.Count + 1);
        for (var i = 0; i < stays.Count; i++)
        {
            var stay = stays[i];
            effective.Add((stay.From, stay.State, true));
            if (stay.ActiveFrom < (i + 1 < stays.Count ? stays[i + 1].From : long.MaxValue))
            {
                effective.Add((stay.ActiveFrom, LifecycleState.Active, false));
            }
        }
        return [.. effective];
    }
}
