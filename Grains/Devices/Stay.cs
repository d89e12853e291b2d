using NodaTime;
using OrleansBilling.Core.Pricing;

namespace OrleansBilling.Grains.Devices;

/// <summary>A time for which a device's usage belongs to one plan segment and one billing period.</summary>
/// <param name="Terms">Of the segment.</param>
/// <param name="Period">Index of the billing period.</param>
/// <param name="FromTicks">Inclusive, in Unix ticks.</param>
/// <param name="ToTicks">Exclusive.</param>
/// <param name="EndsPeriod">Whether it lasts until the period, or the subscription, ends.</param>
internal readonly record struct Stay(TermsEntry Terms, int Period, long FromTicks, long ToTicks, bool EndsPeriod)
{
    public Instant From => Instant.FromUnixTimeTicks(FromTicks);

    public Instant To => Instant.FromUnixTimeTicks(ToTicks);

    /// <summary>A time cut where the device is moved or changes its state, where plans change, and where periods end. Times in which its
    /// usage is nobody's, or not billed, are left out.</summary>
    /// <param name="device">Whose usage it is.</param>
    /// <param name="from">Inclusive, in Unix ticks.</param>
    /// <param name="to">Exclusive.</param>
    /// <param name="horizon">The exclusive end of what is told of a subscription, given the entry that devices are assigned to.</param>
    public static IEnumerable<Stay> Of(DeviceState device, long from, long to, Func<TermsEntry, long> horizon)
    {
        for (var at = from; at < to;)
        {
            var until = Math.Min(to, NextChange(device, at));
            if (device.AssignedAt(at) is { } first)
            {
                var state = device.StateAt(at);
                foreach (var stay in OfSubscription(first, at, Math.Min(until, horizon(first))))
                {
                    if (stay.Terms.Plan.Definition.Bills(state))
                    {
                        yield return stay;
                    }
                }
            }
            at = until;
        }
    }

    private static IEnumerable<Stay> OfSubscription(TermsEntry first, long from, long to)
    {
        for (var at = Math.Max(from, first.StartTicks); at < to;)
        {
            var terms = first.At(at);
            if (at >= terms.EndTicks)
            {
                yield break;
            }
            var index = terms.PeriodAt(at, out var end);
            var last = Math.Min(end, SubscriptionEnd(first));
            var until = Math.Min(Math.Min(to, terms.EndTicks), end);
            yield return new(terms, index, at, until, until == last);
            at = until;
        }
    }

    private static long SubscriptionEnd(TermsEntry first) => first.Timeline?.EndTicks ?? first.EndTicks;

    private static long NextChange(DeviceState device, long ticks)
    {
        var next = long.MaxValue;
        foreach (var (from, _) in device.Assignments)
        {
            next = from > ticks ? Math.Min(next, from) : next;
        }
        foreach (var (from, _, _) in device.States)
        {
            next = from > ticks ? Math.Min(next, from) : next;
        }
        return next;
    }
}
