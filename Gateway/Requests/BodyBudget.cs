using System.Buffers;
using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using OrleansBilling.Gateway.Limits;
using OrleansBilling.Gateway.Problems;

namespace OrleansBilling.Gateway.Requests;

/// <summary>Memory for all bodies that are being read at a time: senders beyond it are told to slow down, and no tenant gets it all.</summary>
internal sealed class BodyBudget(LimitMetrics metrics)
{
    /// <summary>Bytes of all bodies together.</summary>
    public const long Limit = 512L * 1024 * 1024;

    /// <summary>Bytes of the bodies of one tenant.</summary>
    public const long TenantLimit = Limit / 4;

    private readonly ConcurrentDictionary<string, StrongBox<long>> _tenants = new(StringComparer.Ordinal);
    private long _used;

    /// <summary>A pooled buffer of at least that size; give it back.</summary>
    /// <exception cref="ProblemException">429 when the budget, or the tenant's share of it, is used up.</exception>
    public byte[] Rent(string tenant, int size)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(size);
        var ofTenant = Interlocked.Add(ref Of(tenant).Value, buffer.Length);
        var ofAll = Interlocked.Add(ref _used, buffer.Length);
        if (ofTenant <= TenantLimit && ofAll <= Limit)
        {
            return buffer;
        }
        Return(tenant, buffer);
        metrics.Limited("bytes");
        throw new ProblemException(ofTenant > TenantLimit ? LimitProblem.TooManyBytes(TenantLimit) : Problem.TooMany());
    }

    /// <summary>Takes a buffer back.</summary>
    public void Return(string tenant, byte[] buffer)
    {
        Interlocked.Add(ref Of(tenant).Value, -buffer.Length);
        Interlocked.Add(ref _used, -buffer.Length);
        ArrayPool<byte>.Shared.Return(buffer);
    }

    private StrongBox<long> Of(string tenant) => _tenants.GetOrAdd(tenant, _ => new());
}
