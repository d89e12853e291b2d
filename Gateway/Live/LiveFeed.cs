using System.Runtime.CompilerServices;
using OrleansBilling.Gateway.Auth;
using OrleansBilling.Gateway.Problems;
using OrleansBilling.Gateway.Usage;

namespace OrleansBilling.Gateway.Live;

/// <summary>Tells watchers of each change, as long as their key works and the server runs.</summary>
public sealed class LiveFeed(LiveReads reads, KeyCache keys, IHostApplicationLifetime lifetime, TimeProvider time)
{
    /// <summary>How often a watcher hears that nothing has changed, so that the connection is not taken for dead.</summary>
    public static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);

    /// <summary>Watchers of this process; each costs a look four times a second.</summary>
    public const int MaxWatchers = 5_000;

    private int _watchers;

    /// <summary>Whether nobody more can be served here.</summary>
    public bool IsFull => Volatile.Read(ref _watchers) >= MaxWatchers;

    /// <summary>The thing as it is, then each change; null in place of a state is a heartbeat.</summary>
    /// <param name="key">Names the thing within the caller's tenant.</param>
    /// <param name="caller">Who watches.</param>
    /// <param name="read">Asks the cluster.</param>
    /// <param name="lasting">The thing without what changes by itself.</param>
    /// <param name="known">The version that the watcher has already; null for none.</param>
    /// <param name="cancel">The watcher has left.</param>
    /// <exception cref="ProblemException">429 beyond <see cref="MaxWatchers"/>.</exception>
    internal async IAsyncEnumerable<LiveState<T>?> WatchAsync<T>(
        string key, ApiKeyPrincipal caller, Func<Task<T?>> read, Func<T, T> lasting, string? known,
        [EnumeratorCancellation] CancellationToken cancel) where T : class
    {
        if (Interlocked.Increment(ref _watchers) > MaxWatchers)
        {
            Interlocked.Decrement(ref _watchers);
            throw new ProblemException(Problem.TooMany());
        }
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancel, lifetime.ApplicationStopping);
        try
        {
            var told = time.GetTimestamp();
            while (!ended.IsCancellationRequested && await StillWorksAsync(caller))
            {
                var state = await TryReadAsync($"{caller.Key.Tenant}/{key}", read, lasting);
                if (state is not null && state.Version != known)
                {
                    (known, told) = (state.Version, time.GetTimestamp());
                    yield return state;
                }
                else if (time.GetElapsedTime(told) >= Heartbeat)
                {
                    told = time.GetTimestamp();
                    yield return null;
                }
                await Task.Delay(LiveReads.Interval, time, ended.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
        finally
        {
            Interlocked.Decrement(ref _watchers);
        }
    }

    /// <summary>Null while a part of the cluster is away: the watcher hears the next time.</summary>
    private async Task<LiveState<T>?> TryReadAsync<T>(string key, Func<Task<T?>> read, Func<T, T> lasting) where T : class
    {
        try
        {
            return await reads.ReadAsync(key, read, lasting);
        }
        catch (Exception away) when (UsageUnavailable.Is(away))
        {
            return null;
        }
    }

    private async ValueTask<bool> StillWorksAsync(ApiKeyPrincipal caller)
    {
        try
        {
            return await keys.StillWorksAsync(caller);
        }
        catch (Exception away) when (UsageUnavailable.Is(away))
        {
            // Nobody can say; the key cache has used its old answer as long as it may.
            return false;
        }
    }
}
