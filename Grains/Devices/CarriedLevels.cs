namespace OrleansBilling.Grains.Devices;

/// <summary>The devices of a subscription that have levels, and through which period they are counted.</summary>
internal sealed class CarriedLevels
{
    /// <summary>In this partition.</summary>
    public List<DeviceState> Devices { get; } = [];

    /// <summary>The newest period in which levels are counted.</summary>
    public int Through { get; private set; }

    /// <summary>Unix ticks of its exclusive end.</summary>
    public long EndTicks { get; private set; }

    public void CountedThrough(int period, long endTicks) => (Through, EndTicks) = (period, endTicks);
}
