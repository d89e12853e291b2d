using System.Collections.ObjectModel;
using NodaTime;
using OrleansBilling.Contracts.Partitions;
using OrleansBilling.Contracts.Subscriptions;
using OrleansBilling.Core.Periods;
using OrleansBilling.Core.Rating;
using OrleansBilling.Grains.Pricing;
using OrleansBilling.Grains.Tenants;

namespace OrleansBilling.Grains.Subscriptions;

/// <summary>
/// A subscription in the partition that owns it: its terms, what every partition told of it, and how far it is closed.
/// </summary>
internal sealed class SubscriptionState
{
    private readonly PlanEntry _plan;
    private readonly SharedCalendar _calendar;

    // In order of sender and periods, and no longer than needed: every device of a subscription may be in another
    // partition.
    private InboxEntry[] _inbox = [];
    private SortedDictionary<int, PeriodStatement>? _undelivered;

    public SubscriptionState(SubscriptionSpec spec, SubscriptionView view, PlanEntry plan, SharedCalendar calendar)
    {
        _plan = plan;
        _calendar = calendar;
        // Parsed from different records, the same texts are different objects; these are kept once.
        View = view with
        {
            Plan = plan.View.Id,
            Currency = plan.View.Definition.Currency,
            TimeZone = calendar.TimeZone,
            AnchorDate = calendar.AnchorDate,
        };
        Spec = spec with
        {
            Id = View.Id,
            Customer = View.Customer,
            Plan = View.Plan,
            TimeZone = spec.TimeZone == View.TimeZone ? View.TimeZone : spec.TimeZone,
            AnchorDate = spec.AnchorDate == View.AnchorDate ? View.AnchorDate : spec.AnchorDate,
        };
        FirstPeriod = Calendar.IndexAt(view.Start);
        ClosedThrough = FirstPeriod - 1;
    }

    public TenantCopy Tenant => _plan.Tenant;

    /// <summary>As it was asked for, to tell a repeat from a conflict.</summary>
    public SubscriptionSpec Spec { get; }

    /// <summary>All that another partition needs to place and rate usage of it.</summary>
    public SubscriptionTerms Terms => new(View, _plan.View, _plan.Meters);

    public DateTimeZone Zone => _calendar.Zone;

    public BillingCalendar Calendar => _calendar.Calendar;

    public CompiledPlan Plan => _plan.Compiled;

    public int FirstPeriod { get; }

    /// <summary>Index of the newest closed period; one less than the first when none is.</summary>
    public int ClosedThrough { get; set; }

    /// <summary>Closed periods that the customer has not confirmed.</summary>
    public IReadOnlyDictionary<int, PeriodStatement> Undelivered =>
        _undelivered ?? (IReadOnlyDictionary<int, PeriodStatement>)ReadOnlyDictionary<int, PeriodStatement>.Empty;

    public SubscriptionView View { get; }

    /// <summary>
    /// End of the period to close next; null for a subscription that is over, once nothing waits to be billed.
    /// </summary>
    public Instant? NextEnd()
    {
        var next = Calendar.Period(ClosedThrough + 1);
        return View.End <= next.Start && !Array.Exists(_inbox, e => e.Billed > ClosedThrough) ? null : next.End;
    }

    /// <summary>Closes a period; its statement waits for the customer to confirm it.</summary>
    public void Close(PeriodStatement statement)
    {
        ClosedThrough = statement.Period;
        (_undelivered ??= [])[statement.Period] = statement;
    }

    /// <summary>The customer has confirmed a period's statement.</summary>
    public void Confirm(int period)
    {
        _undelivered?.Remove(period);
        _undelivered = _undelivered is { Count: 0 } ? null : _undelivered;
    }

    /// <summary>Keeps the newest slice of a partition; a slice is cumulative, so it replaces.</summary>
    public void Take(int from, Slice slice)
    {
        InboxEntry entry = new(from, slice.UsagePeriod, slice.BilledPeriod,
            slice.Aggregates is null ? slice.Buckets : new MergingTold(slice.Buckets, slice.Aggregates));
        var at = Array.BinarySearch(_inbox, entry);
        if (at >= 0)
        {
            _inbox[at] = entry;
        }
        else
        {
            _inbox = [.. _inbox.AsSpan(0, ~at), entry, .. _inbox.AsSpan(~at)];
        }
    }

    /// <summary>Everything the partitions told, as totals by usage and billed period.</summary>
    public PeriodTotals Totals()
    {
        var totals = new PeriodTotals();
        foreach (var (_, usage, billed, told) in _inbox)
        {
            if (told is MergingTold merging)
            {
                totals.Add(usage, billed, merging.Buckets, merging.Aggregates);
            }
            else
            {
                totals.Add(usage, billed, (SliceBucket[])told);
            }
        }
        return totals;
    }

    /// <summary>What a partition told where usage is also merged.</summary>
    private sealed record MergingTold(SliceBucket[] Buckets, SliceAggregate[] Aggregates);

    /// <summary>The newest that a partition told of one usage and billed period.</summary>
    /// <param name="Told">Buckets, or a <see cref="MergingTold"/>: there are millions of entries, and few have both.</param>
    private readonly record struct InboxEntry(int From, int Usage, int Billed, object Told) : IComparable<InboxEntry>
    {
        public int CompareTo(InboxEntry other) => (From, Usage, Billed).CompareTo((other.From, other.Usage, other.Billed));
    }
}
