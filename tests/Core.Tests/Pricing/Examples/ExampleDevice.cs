using NodaTime;
using OrleansBilling.Core.Devices;

namespace OrleansBilling.Core.Tests.Pricing.Examples;

/// <summary>A device of the subscription, by default there for the whole of its time.</summary>
/// <param name="Id">Unique in the example.</param>
/// <param name="From">The first instant at which it is there.</param>
/// <param name="Suspended">From when on it is suspended.</param>
/// <param name="Until">The first instant at which it is there no more.</param>
public sealed record ExampleDevice(string Id, Instant? From, Instant? Suspended, Instant? Until)
{
    /// <summary>Whether it is there and active for the whole time.</summary>
    public bool IsWhole => From is null && Suspended is null && Until is null;

    /// <summary>When it is in the states of a rule, within the time of the subscription.</summary>
    public IReadOnlyList<Interval> Spans(PresenceRule rule, Interval subscription)
    {
        var (start, end) = (From ?? subscription.Start, Until ?? subscription.End);
        var active = rule.Holds(LifecycleState.Active);
        return (active, rule.Holds(LifecycleState.Suspended), Suspended) switch
        {
            (true, true, _) or (true, false, null) => [new(start, end)],
            (true, false, { } suspended) => [new(start, suspended)],
            (false, true, { } suspended) => [new(suspended, end)],
            _ => [],
        };
    }
}
