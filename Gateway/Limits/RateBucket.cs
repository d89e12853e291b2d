namespace OrleansBilling.Gateway.Limits;

/// <summary>
/// A token bucket that holds one second's worth. Whoever finds something in it may take as much as they have, and what was not there
/// is waited for by the next: a batch that is larger than the bucket gets through, and the rate holds over time.
/// </summary>
/// <remarks>
/// The generic cell rate algorithm: one number, the time up to which everything taken is paid for; one compare-and-swap an operation.
/// </remarks>
internal sealed class RateBucket(TimeProvider time, int perSecond)
{
    private readonly long _second = time.TimestampFrequency;
    private long _paidUntil = time.GetTimestamp();

    /// <summary>Units a second.</summary>
    public int PerSecond => perSecond;

    /// <summary>Whether it is as good as a new one.</summary>
    public bool IsFull => Volatile.Read(ref _paidUntil) <= time.GetTimestamp();

    /// <summary>How long until there is a unit in it; null when there is one. Takes nothing.</summary>
    public TimeSpan? Wait() => Wait(Volatile.Read(ref _paidUntil), time.GetTimestamp());

    /// <summary>Takes them all, or nothing.</summary>
    /// <returns>Null when they were taken; else how long until there is a unit in it.</returns>
    public TimeSpan? Take(int units)
    {
        while (true)
        {
            var (paidUntil, now) = (Volatile.Read(ref _paidUntil), time.GetTimestamp());
            if (Wait(paidUntil, now) is { } wait)
            {
                return wait;
            }
            if (Interlocked.CompareExchange(ref _paidUntil, Math.Max(paidUntil, now) + Cost(units), paidUntil) == paidUntil)
            {
                return null;
            }
        }
    }

    private TimeSpan? Wait(long paidUntil, long now)
    {
        var over = paidUntil - now - (_second - Cost(1));
        // Up: what is sent a tick too early is refused again.
        return over > 0 ? TimeSpan.FromTicks((long)(((Int128)over * TimeSpan.TicksPerSecond + _second - 1) / _second)) : null;
    }

    private long Cost(int units) => units * _second / perSecond;
}
