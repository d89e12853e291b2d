using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Json;
using OrleansBilling.Gateway.Api;

namespace OrleansBilling.Gateway.Live;

/// <summary>Reads what is watched, at most four times a second for everybody who watches it.</summary>
public sealed class LiveReads(TimeProvider time)
{
    /// <summary>How old an answer may be, and how long a watcher waits between two.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    /// <summary>Things kept; beyond, all are forgotten.</summary>
    private const int Capacity = 10_000;

    private readonly ConcurrentDictionary<string, Entry> _entries = new(StringComparer.Ordinal);

    /// <summary>The thing as it is, and a version that is the same while nothing but the clock has changed.</summary>
    /// <param name="key">Names the thing, tenant included.</param>
    /// <param name="read">Asks the cluster; null when there is no such thing.</param>
    /// <param name="lasting">The thing without what changes by itself.</param>
    internal async Task<LiveState<T>?> ReadAsync<T>(string key, Func<Task<T?>> read, Func<T, T> lasting) where T : class
    {
        var now = time.GetTimestamp();
        if (!_entries.TryGetValue(key, out var entry) || now >= entry.Until || entry.Read.IsFaulted || entry.Read.IsCanceled)
        {
            if (_entries.Count >= Capacity)
            {
                _entries.Clear();
            }
            entry = new(now + (long)(Interval.TotalSeconds * time.TimestampFrequency), StateAsync(read, lasting));
            _entries[key] = entry;
        }
        return await (Task<LiveState<T>?>)entry.Read;
    }

    private static async Task<LiveState<T>?> StateAsync<T>(Func<Task<T?>> read, Func<T, T> lasting) where T : class =>
        await read() is { } value ? new LiveState<T>(VersionOf(lasting(value)), value) : null;

    private static string VersionOf<T>(T value) =>
        Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(value, ApiJson.Options)).AsSpan(0, 8));

    private sealed record Entry(long Until, Task Read);
}

/// <summary>A thing at some time.</summary>
/// <param name="Version">Changes when the thing does.</param>
/// <param name="Value">The thing.</param>
internal sealed record LiveState<T>(string Version, T Value);
