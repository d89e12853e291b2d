namespace OrleansBilling.Grains.Devices;

/// <summary>
/// The devices of a subscription whose plan counts them, and how far they were counted. Subscriptions whose plan does not, which
/// is most of them, have none of this.
/// </summary>
/// <param name="firstPeriod">Of the subscription.</param>
internal sealed class PresenceMembers(int firstPeriod)
{
    /// <summary>Every device of this partition that was ever assigned to the subscription.</summary>
    public List<DeviceState> Devices { get; } = [];

    public int FirstPeriod { get; } = firstPeriod;

    /// <summary>The newest period that has its devices counted.</summary>
    public int Through { get; private set; } = firstPeriod - 1;

    /// <summary>Unix ticks from which the next period has to be counted.</summary>
    public long NextStartTicks { get; private set; } = long.MinValue;

    public void CountedThrough(int period, long nextStartTicks) => (Through, NextStartTicks) = (period, nextStartTicks);
}
