using System.Collections.Concurrent;
using OrleansBilling.Contracts.Tenants;
using OrleansBilling.Gateway.Problems;

namespace OrleansBilling.Gateway.Limits;

/// <summary>Keeps each key to its requests and events a second in this process.</summary>
internal sealed class KeyRates(GatewayLimits defaults, LimitMetrics metrics, TimeProvider time)
{
    /// <summary>Keys remembered before those that have used nothing lately are forgotten.</summary>
    public const int Kept = 10_000;

    private readonly ConcurrentDictionary<string, KeyBuckets> _keys = new(StringComparer.Ordinal);
    private int _forgetAt = Kept;

    /// <summary>Keys remembered now.</summary>
    internal int Count => _keys.Count;

    /// <summary>Counts a request.</summary>
    /// <exception cref="ProblemException">429 beyond the limit.</exception>
    public void TakeRequest(ApiKeyRecord key)
    {
        if (Of(key).Requests is { } requests && requests.Take(1) is { } wait)
        {
            metrics.Limited("requests");
            throw new ProblemException(LimitProblem.TooFast("requests", requests.PerSecond, wait));
        }
    }

    /// <summary>Refuses a batch before it is read, where the key has used up its events.</summary>
    /// <exception cref="ProblemException">429 beyond the limit.</exception>
    public void RequireEvents(ApiKeyRecord key) => Require(key, Of(key).Events?.Wait());

    /// <summary>Counts a batch of events; an empty one counts as one event.</summary>
    /// <exception cref="ProblemException">429 beyond the limit; then none of them is counted.</exception>
    public void TakeEvents(ApiKeyRecord key, int events) => Require(key, Of(key).Events?.Take(Math.Max(1, events)));

    /// <summary>The same on a stream, which waits: the sender is slowed down by the flow control of its connection.</summary>
    public async ValueTask TakeEventsInTimeAsync(ApiKeyRecord key, int events, CancellationToken cancel)
    {
        for (var first = true; Of(key).Events?.Take(Math.Max(1, events)) is { } wait; first = false)
        {
            if (first)
            {
                metrics.Limited("events");
            }
            await Task.Delay(wait, time, cancel);
        }
    }

    private void Require(ApiKeyRecord key, TimeSpan? wait)
    {
        if (wait is { } time)
        {
            metrics.Limited("events");
            throw new ProblemException(LimitProblem.TooFast("events", Of(key).Events!.PerSecond, time));
        }
    }

    private KeyBuckets Of(ApiKeyRecord key) => _keys.TryGetValue(key.Sha256, out var known) ? known : Add(key);

    private KeyBuckets Add(ApiKeyRecord key)
    {
        if (_keys.Count >= Volatile.Read(ref _forgetAt))
        {
            ForgetFull();
        }
        return _keys.GetOrAdd(key.Sha256, _ => new(
            Bucket(key.RequestsPerSecond ?? defaults.RequestsPerSecond), Bucket(key.EventsPerSecond ?? defaults.EventsPerSecond)));
    }

    private RateBucket? Bucket(int perSecond) => perSecond > 0 ? new(time, perSecond) : null;

    private void ForgetFull()
    {
        foreach (var (key, buckets) in _keys)
        {
            if (buckets.AreFull)
            {
                _keys.TryRemove(key, out _);
            }
        }
        Volatile.Write(ref _forgetAt, Math.Max(Kept, _keys.Count * 2));
    }
}
