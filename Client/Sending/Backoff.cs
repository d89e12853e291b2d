namespace OrleansBilling.Client.Sending;

/// <summary>Growing pauses with jitter, so that many clients do not come back at the same time.</summary>
internal sealed class Backoff(TimeSpan first, TimeSpan longest)
{
    private int _failures;

    /// <summary>The next pause: from half of the full one to all of it.</summary>
    public TimeSpan Next()
    {
        var full = first * Math.Pow(2, _failures);
        if (full < longest)
        {
            _failures++;
        }
        return (full < longest ? full : longest) * (1 - (Random.Shared.NextDouble() / 2));
    }

    /// <summary>Something has succeeded.</summary>
    public void Reset() => _failures = 0;
}
