using NodaTime;
using OrleansBilling.Core.Devices;
using OrleansBilling.Core.Periods;
using OrleansBilling.Core.Rating;

namespace OrleansBilling.Grains.Devices;

/// <summary>What a device adds to the presence of a subscription: from its assignments and states to counts.</summary>
internal static class DevicePresence
{
    /// <summary>What it adds to one bucket of one period.</summary>
    public static BucketTotal Of(DeviceState device, TermsEntry terms, PresenceRule rule, BillingPeriod period)
    {
        var count = Presence.Of(rule, Spans(device, terms, rule), period, terms.Zone);
        return new(count, 0m, count > 0 ? 1 : 0);
    }

    /// <summary>When the device belonged to the subscription, while that ran, in one of the rule's states.</summary>
    private static List<Interval> Spans(DeviceState device, TermsEntry terms, PresenceRule rule)
    {
        var spans = new List<Interval>(1);
        var assignments = device.Assignments;
        for (var i = 0; i < assignments.Count; i++)
        {
            if (assignments[i].Terms == terms)
            {
                var from = Math.Max(assignments[i].From, terms.StartTicks);
                var to = Math.Min(i + 1 < assignments.Count ? assignments[i + 1].From : long.MaxValue, terms.EndTicks);
                AddStates(spans, device, rule, from, to);
            }
        }
        return spans;
    }

    private static void AddStates(List<Interval> spans, DeviceState device, PresenceRule rule, long from, long to)
    {
        var states = device.States;
        for (var i = -1; i < states.Count; i++)
        {
            var (since, state) = i < 0 ? (long.MinValue, LifecycleState.Active) : states[i];
            var until = i + 1 < states.Count ? states[i + 1].From : long.MaxValue;
            var (start, end) = (Math.Max(from, since), Math.Min(to, until));
            if (start < end && rule.Holds(state))
            {
                Add(spans, start, end);
            }
        }
    }

    /// <summary>Spans that touch become one: a state told twice is no new presence.</summary>
    private static void Add(List<Interval> spans, long start, long end)
    {
        var from = Instant.FromUnixTimeTicks(start);
        Instant? to = end == long.MaxValue ? null : Instant.FromUnixTimeTicks(end);
        if (spans.Count > 0 && spans[^1].HasEnd && spans[^1].End == from)
        {
            spans[^1] = new(spans[^1].Start, to);
        }
        else
        {
            spans.Add(new(from, to));
        }
    }
}
