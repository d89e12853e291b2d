using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using OrleansBilling.Gateway.Problems;

namespace OrleansBilling.Gateway.Limits;

/// <summary>Calls of each tenant under way in this process: none takes the places of the others.</summary>
internal sealed class TenantCalls(GatewayLimits limits, LimitMetrics metrics)
{
    private readonly ConcurrentDictionary<string, StrongBox<int>> _all = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, StrongBox<int>> _heavy = new(StringComparer.Ordinal);

    /// <summary>Takes a place; give it back by disposing.</summary>
    /// <exception cref="ProblemException">429 when the tenant has none left.</exception>
    public Place Enter(string tenant, bool heavy)
    {
        var call = Enter(_all, tenant, limits.CallsAtOncePerTenant)
            ?? throw Refused("calls", LimitProblem.TooManyCalls(limits.CallsAtOncePerTenant));
        if (!heavy)
        {
            return new(call, null);
        }
        if (Enter(_heavy, tenant, limits.HeavyCallsAtOncePerTenant) is { } second)
        {
            return new(call, second);
        }
        Interlocked.Decrement(ref call.Value);
        throw Refused("heavy_calls", LimitProblem.TooManyHeavyCalls(limits.HeavyCallsAtOncePerTenant));
    }

    private static StrongBox<int>? Enter(ConcurrentDictionary<string, StrongBox<int>> places, string tenant, int limit)
    {
        var taken = places.GetOrAdd(tenant, _ => new());
        if (Interlocked.Increment(ref taken.Value) <= limit || limit == 0)
        {
            return taken;
        }
        Interlocked.Decrement(ref taken.Value);
        return null;
    }

    private ProblemException Refused(string limit, ApiProblem problem)
    {
        metrics.Limited(limit);
        return new(problem);
    }

    /// <summary>A call's place.</summary>
    internal readonly struct Place(StrongBox<int> call, StrongBox<int>? heavy) : IDisposable
    {
        public void Dispose()
        {
            Interlocked.Decrement(ref call.Value);
            if (heavy is not null)
            {
                Interlocked.Decrement(ref heavy.Value);
            }
        }
    }
}
