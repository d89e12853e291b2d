namespace OrleansBilling.Grains.Partitions;

/// <summary>
/// How many records a snapshot waits for. Each tells all that there is, most of which is ids of events: where there are many, it waits for
/// a share of that many records. While a partition grows by a quarter from one to the next, all that was ever written is five times the newest.
/// </summary>
internal static class SnapshotShare
{
    /// <summary>While usage goes on: one for every fourth event that is known.</summary>
    public const int Running = 4;

    /// <summary>A stop is rare, and what it leaves is replayed while nobody is served.</summary>
    public const int AtStop = 64;

    /// <param name="fewest">Records that are not worth one.</param>
    /// <param name="events">That the partition knows.</param>
    /// <param name="share">One of the constants.</param>
    public static long Of(long fewest, int events, int share) => Math.Max(fewest, events / share);
}
