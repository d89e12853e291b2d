using System.Collections.Concurrent;
using OrleansBilling.Contracts.Tenants;
using OrleansBilling.Gateway.Clustering;

namespace OrleansBilling.Gateway.Auth;

/// <summary>
/// Remembers which keys exist, and which do not, for at most a second: a key that is taken away stops working that
/// soon. Callers that ask at once share one question.
/// </summary>
public sealed class KeyCache(IGrainFactory grains, ClusterChanges changes, TimeProvider time)
{
    /// <summary>How long an answer holds.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(1);

    /// <summary>Most answers kept; beyond, all are forgotten, so that guessing keys costs no memory.</summary>
    public const int Capacity = 10_000;

    private readonly ConcurrentDictionary<string, Entry> _entries = new(StringComparer.Ordinal);
    private int _count;

    /// <summary>Answers kept now.</summary>
    internal int Count => _entries.Count;

    /// <summary>Who holds the key; null when nobody does.</summary>
    public Task<ApiKeyPrincipal?> FindAsync(string key)
    {
        if (!ApiKey.MayExist(key))
        {
            return Task.FromResult<ApiKeyPrincipal?>(null);
        }
        var hash = ApiKey.Hash(key);
        return _entries.TryGetValue(hash, out var entry) && entry.Holds(time.GetTimestamp())
            ? entry.Principal
            : Ask(hash, entry);
    }

    private Task<ApiKeyPrincipal?> Ask(string hash, Entry? old)
    {
        var asked = new Entry(
            LookUpAsync(hash), time.GetTimestamp() + (long)(Lifetime.TotalSeconds * time.TimestampFrequency));
        if (old is not null)
        {
            _entries[hash] = asked;
        }
        else if (_entries.TryAdd(hash, asked) && Interlocked.Increment(ref _count) > Capacity)
        {
            _entries.Clear();
            Interlocked.Exchange(ref _count, 0);
        }
        return asked.Principal;
    }

    private async Task<ApiKeyPrincipal?> LookUpAsync(string hash)
    {
        var directory = grains.GetGrain<ITenantDirectoryGrain>(0);
        var record = await changes.AskAsync(() => directory.FindKey(hash));
        return record is null ? null : new ApiKeyPrincipal(record);
    }

    private sealed record Entry(Task<ApiKeyPrincipal?> Principal, long Until)
    {
        /// <summary>A question that failed is not an answer.</summary>
        public bool Holds(long now) => now < Until && !Principal.IsFaulted && !Principal.IsCanceled;
    }
}
