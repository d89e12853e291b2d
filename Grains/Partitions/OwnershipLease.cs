namespace OrleansBilling.Grains.Partitions;

/// <summary>
/// How long this silo may believe that its partitions are still its own. Writing is fenced by the store; reading is not, so a
/// silo that was paused must ask before it answers from memory again.
/// </summary>
/// <param name="lifetime">Time from a confirmation until turns are refused; infinite where a store has one user.</param>
internal sealed class OwnershipLease(TimeSpan lifetime, TimeProvider time)
{
    private long _confirmedAt = time.GetTimestamp();

    public bool Holds =>
        lifetime == Timeout.InfiniteTimeSpan || time.GetElapsedTime(Interlocked.Read(ref _confirmedAt)) < lifetime;

    /// <summary>The store confirmed it, asked at that time or later.</summary>
    public void Confirm(long askedAt) => Interlocked.Exchange(ref _confirmedAt, askedAt);
}
