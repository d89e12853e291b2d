using NodaTime;
using OrleansBilling.Core.Devices;
using OrleansBilling.Core.Periods;
using OrleansBilling.Core.Subscriptions;
using OrleansBilling.Core.Rating;

namespace OrleansBilling.Grains.Devices;

/// <summary>What a device adds to the presence of a subscription: from its assignments and states to counts.</summary>
internal static class DevicePresence
{
    /// <summary>What it adds to one bucket of one period.</summary>
    public static BucketTotal Of(DeviceState device, TermsEntry terms, PresenceRule rule, BillingPeriod period)
    {
        var count = rule.Count switch
        {
            PresenceCount.Joins => Joins(device, terms, rule, period),
            PresenceCount.Transitions => Presence.Transitions(
                rule, Changes(device, terms.First, terms.StartTicks, terms.EndTicks), period),
            _ => Presence.Of(
                rule, Spans(device, terms.First, rule, terms.StartTicks, terms.EndTicks), period, terms.Zone, Window(terms)),
        };
        return new(count, 0m, count > 0 ? 1 : 0);
    }

    /// <summary>As if one plan had been in force as long as the subscription runs.</summary>
    /// <param name="first">The entry that devices of the subscription are assigned to.</param>
    public static BucketTotal Alone(DeviceState device, TermsEntry first, PresenceRule rule, BillingPeriod period)
    {
        var end = first.Timeline?.EndTicks ?? first.EndTicks;
        var count = rule.Count == PresenceCount.Transitions
            ? Presence.Transitions(rule, Changes(device, first, first.StartTicks, end), period)
            : Presence.Of(rule, Spans(device, first, rule, first.StartTicks, end), period, first.Zone);
        return new(count, 0m, count > 0 ? 1 : 0);
    }

    /// <summary>A device joins the subscription once, whatever its plan is then; a change of plan is no joining.</summary>
    private static int Joins(DeviceState device, TermsEntry terms, PresenceRule rule, BillingPeriod period)
    {
        var (first, end) = (terms.First, terms.Timeline?.EndTicks ?? terms.EndTicks);
        var spans = Spans(device, first, rule, first.StartTicks, end);
        return spans.Count > 0 && spans[0].Start.ToUnixTimeTicks() is var joined
            && joined >= terms.StartTicks && joined < terms.EndTicks
            ? Presence.Of(rule, spans, period, terms.Zone)
            : 0;
    }

    /// <summary>Whole joiners and leavers bring no days of another plan's segment.</summary>
    private static Interval Window(TermsEntry terms) => terms.Timeline is not { } timeline ? new(null, null) : new(
        terms == timeline.Earliest ? null : Instant.FromUnixTimeTicks(terms.StartTicks),
        terms.EndTicks == timeline.EndTicks ? null : Instant.FromUnixTimeTicks(terms.EndTicks));

    /// <summary>
    /// Changes of state while the device belonged to the subscription. A device is active until it is told otherwise; what happens at the
    /// instant of a move is the new subscription's.
    /// </summary>
    private static IEnumerable<(Instant At, LifecycleState From, LifecycleState To)> Changes(
        DeviceState device, TermsEntry first, long start, long end)
    {
        var before = LifecycleState.Active;
        foreach (var (at, state, _) in device.States)
        {
            if (at >= start && at < end && device.AssignedAt(at) == first)
            {
                yield return (Instant.FromUnixTimeTicks(at), before, state);
            }
            before = state;
        }
    }

    /// <summary>When the device belonged to the subscription in one of the rule's states, from an instant to another.</summary>
    private static List<Interval> Spans(DeviceState device, TermsEntry first, PresenceRule rule, long start, long end)
    {
        var spans = new List<Interval>(1);
        var assignments = device.Assignments;
        for (var i = 0; i < assignments.Count; i++)
        {
            if (assignments[i].Terms == first)
            {
                var from = Math.Max(assignments[i].From, start);
                var to = Math.Min(i + 1 < assignments.Count ? assignments[i + 1].From : long.MaxValue, end);
                AddStates(spans, device, rule, from, to);
            }
        }
        return rule.SkipsPauses && first.Timeline?.Told.Pauses is { } pauses ? Without(spans, pauses) : spans;
    }

    private static List<Interval> Without(List<Interval> spans, SubscriptionPause[] pauses)
    {
        foreach (var pause in pauses)
        {
            spans = [.. spans.SelectMany(span => Without(span, pause))];
        }
        return spans;
    }

    private static IEnumerable<Interval> Without(Interval span, SubscriptionPause pause)
    {
        if (span.HasEnd && span.End <= pause.From || pause.To <= span.Start)
        {
            yield return span;
            yield break;
        }
        if (span.Start < pause.From)
        {
            yield return new(span.Start, pause.From);
        }
        if (pause.To is { } to && !(span.HasEnd && span.End <= to))
        {
            yield return new(to, span.HasEnd ? span.End : null);
        }
    }

    private static void AddStates(List<Interval> spans, DeviceState device, PresenceRule rule, long from, long to)
    {
        var states = device.States;
        for (var i = -1; i < states.Count; i++)
        {
            var (since, state, _) = i < 0 ? (long.MinValue, LifecycleState.Active, true) : states[i];
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
