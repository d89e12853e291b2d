namespace OrleansBilling.Grains.Partitions;

/// <summary>The log's event time: ticks since year 1, so that zero never is a real event's time.</summary>
internal static class EventTicks
{
    public static long Of(long unixTicks) => checked(unixTicks + DateTime.UnixEpoch.Ticks);
}
