using System.Collections.Concurrent;
using NodaTime;
using OrleansBilling.Contracts.Tenants;
using OrleansBilling.Gateway.Clustering;
using OrleansBilling.Gateway.Usage;

namespace OrleansBilling.Gateway.Auth;

/// <summary>
/// Remembers which keys work, and which do not, for at most a second: a key that is revoked or ends stops working that
/// soon. Callers that ask at once share one question. While the directory of keys cannot be asked, because its partition is on its
/// way to another silo, a key that was known shortly before goes on: usage of other partitions need not wait for it.
/// </summary>
public sealed class KeyCache(IGrainFactory grains, ClusterChanges changes, TimeProvider time)
{
    /// <summary>How long an answer holds.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(1);

    /// <summary>How long the directory may take before the last answer is used again.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(250);

    /// <summary>How long a key goes on without being confirmed; longer than a silo's death takes to be noticed.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromSeconds(10);

    /// <summary>Most answers kept; beyond, all are forgotten, so that guessing keys costs no memory.</summary>
    public const int Capacity = 10_000;

    private readonly ConcurrentDictionary<string, Entry> _entries = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<(string Tenant, string Id), string> _ids = new();
    private int _count;

    /// <summary>Answers kept now.</summary>
    internal int Count => _entries.Count;

    /// <summary>Who holds the key; null when nobody does.</summary>
    public Task<ApiKeyPrincipal?> FindAsync(string key) =>
        ApiKey.MayExist(key) ? FindHashAsync(ApiKey.Hash(key)) : Task.FromResult<ApiKeyPrincipal?>(null);

    /// <summary>Who holds the tenant's key of that id; null when nobody does.</summary>
    public async Task<ApiKeyPrincipal?> FindByIdAsync(string tenant, string id)
    {
        if (!_ids.TryGetValue((tenant, id), out var hash))
        {
            var directory = grains.GetGrain<ITenantDirectoryGrain>(0);
            if (await changes.AskAsync(() => directory.FindKeyById(tenant, id)) is not { } record)
            {
                return null;
            }
            if (_ids.Count >= Capacity)
            {
                _ids.Clear();
            }
            _ids[(tenant, id)] = hash = record.Sha256;
        }
        return await FindHashAsync(hash);
    }

    /// <summary>Whether a key or token that was let in still works: long streams ask for every batch.</summary>
    public async ValueTask<bool> StillWorksAsync(ApiKeyPrincipal caller) => caller is not TokenPrincipal token
        ? await FindHashAsync(caller.Key.Sha256) is not null
        : token.Key.IsUsable(Now) && (token.MadeBy is null || await FindHashAsync(token.MadeBy) is not null);

    private Instant Now => Instant.FromDateTimeOffset(time.GetUtcNow());

    private Task<ApiKeyPrincipal?> FindHashAsync(string hash) =>
        _entries.TryGetValue(hash, out var entry) && entry.Holds(time.GetTimestamp()) ? entry.Principal : Ask(hash, entry);

    private Task<ApiKeyPrincipal?> Ask(string hash, Entry? old)
    {
        var asked = new Entry(time.GetTimestamp() + Ticks(Lifetime));
        asked.Principal = Answer(asked, LookUpAsync(hash), old);
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

    private async Task<ApiKeyPrincipal?> Answer(Entry asked, Task<ApiKeyPrincipal?> asking, Entry? old)
    {
        try
        {
            var principal = await (old?.Known is null ? asking : asking.WaitAsync(Patience, time));
            asked.Confirm(principal, time.GetTimestamp());
            return principal;
        }
        catch (Exception e) when (UsageUnavailable.Is(e) && old?.KnownSince(time.GetTimestamp() - Ticks(KeptFor)) is { } known)
        {
            asked.Confirm(known, old.ConfirmedAt);
            return known;
        }
    }

    private long Ticks(TimeSpan span) => (long)(span.TotalSeconds * time.TimestampFrequency);

    private async Task<ApiKeyPrincipal?> LookUpAsync(string hash)
    {
        var directory = grains.GetGrain<ITenantDirectoryGrain>(0);
        var record = await changes.AskAsync(() => directory.FindKey(hash));
        return record is not null && record.IsUsable(Now) ? new ApiKeyPrincipal(record) : null;
    }

    /// <summary>A question and, once it is there, its answer.</summary>
    private sealed class Entry(long until)
    {
        public Task<ApiKeyPrincipal?> Principal { get; set; } = Task.FromResult<ApiKeyPrincipal?>(null);

        /// <summary>Who holds the key, as the directory last said; null before it did, and for nobody.</summary>
        public ApiKeyPrincipal? Known { get; private set; }

        public long ConfirmedAt { get; private set; }

        public void Confirm(ApiKeyPrincipal? known, long at) => (Known, ConfirmedAt) = (known, at);

        public ApiKeyPrincipal? KnownSince(long earliest) => ConfirmedAt >= earliest ? Known : null;

        /// <summary>A question that failed is not an answer.</summary>
        public bool Holds(long now) => now < until && !Principal.IsFaulted && !Principal.IsCanceled;
    }
}
