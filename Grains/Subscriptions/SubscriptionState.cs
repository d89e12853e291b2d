using System.Collections.ObjectModel;
using NodaTime;
using OrleansBilling.Contracts.Partitions;
using OrleansBilling.Contracts.Subscriptions;
using OrleansBilling.Core.Balances;
using OrleansBilling.Core.Periods;
using OrleansBilling.Core.Subscriptions;
using OrleansBilling.Core.Rating;
using OrleansBilling.Grains.Pricing;
using OrleansBilling.Grains.Reservations;
using OrleansBilling.Grains.ReRating;
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

    // Hardly any is ever rated again.
    private ReRatedPeriods[]? _reRated;

    // Few subscriptions ever change: the plans of later segments, by their numbers.
    private Dictionary<int, PlanEntry>? _laterPlans;
    private ReservationBook? _reservations;
    private List<UnitPack>? _packs;

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
    public SubscriptionTerms Terms =>
        new(View, _plan.View, _plan.Meters, History is null ? null : Told, StartVariant);

    /// <summary>The variant that it begins with, where a phase makes it another than that of its overrides; null otherwise.</summary>
    public string? StartVariant => _plan.IsTold ? null : _plan.Variant;

    public DateTimeZone Zone => _calendar.Zone;

    public BillingCalendar Calendar => _calendar.Calendar;

    public int FirstPeriod { get; }

    /// <summary>Index of the newest closed period; one less than the first when none is.</summary>
    public int ClosedThrough { get; set; }

    /// <summary>Closed periods that the customer has not confirmed.</summary>
    public IReadOnlyDictionary<int, PeriodStatement> Undelivered =>
        _undelivered ?? (IReadOnlyDictionary<int, PeriodStatement>)ReadOnlyDictionary<int, PeriodStatement>.Empty;

    /// <summary>Periods that a corrected plan rates, in the order in which that was decided.</summary>
    public IReadOnlyList<ReRatedPeriods> ReRated => _reRated ?? [];

    /// <summary>Rates periods by a corrected plan from now on.</summary>
    public void Apply(ReRatedPeriods periods) => _reRated = [.. ReRated, periods];

    /// <summary>As created, but for its end.</summary>
    public SubscriptionView View { get; private set; }

    /// <summary>Changes; null when none was ever asked for.</summary>
    public SubscriptionHistory? History { get; private set; }

    /// <summary>Whether some plan that it ever had carries the rest of pools into the next period.</summary>
    public bool RollsOver => _plan.Compiled.RollsOver || _laterPlans?.Values.Any(p => p.Compiled.RollsOver) == true;

    /// <summary>Which plan is in force when.</summary>
    public PlanTimeline Timeline =>
        History?.Timeline ?? new(0, [new(0, View.Start, View.Plan, View.PlanVersion, _plan.Variant)], View.End);

    /// <summary>The timeline with its plans, for other partitions.</summary>
    public SubscriptionTimeline Told => new(
        Timeline,
        [.. Timeline.Segments.Where(s => s.Number > 0).Select(s => PlanOf(s))
            .DistinctBy(p => (p.View.Id, p.View.Version, p.View.Overrides?.Key)).Select(p => new PlanTerms(p.View, p.Meters))],
        History?.Pending is { } pending ? new(pending.Spec.Id, pending.From) : null);

    /// <summary>
    /// End of the period to close next; null for a subscription that is over, once nothing waits to be billed, and while a change
    /// of that period is not decided and told.
    /// </summary>
    public Instant? NextEnd()
    {
        var next = _calendar.Period(ClosedThrough + 1);
        return (View.End <= next.Start && !Array.Exists(_inbox, e => e.Billed > ClosedThrough)
                && !ReRated.Any(r => r.BilledFrom > ClosedThrough)) || History?.OpenFrom < next.End
            ? null
            : next.End;
    }

    /// <summary>As callers see it, with the plan in force.</summary>
    public SubscriptionView ViewAt(Instant now)
    {
        if (History is not { } history || (history.Changes.Length == 0 && history.Timeline.Segments is [{ Trial: null }]))
        {
            return _plan.View.Definition.Term is null ? View : View with { TermEnd = Termination.TermEnd(this, now) };
        }
        var timeline = history.Timeline;
        var current = timeline.At(now);
        return View with
        {
            Plan = current.Plan,
            PlanVersion = current.PlanVersion,
            Overrides = PlanOf(current).View.Overrides,
            TermEnd = Termination.TermEnd(this, now),
            Segments = [.. timeline.Segments.Select((s, i) =>
                new SubscriptionSegment(
                    s.Plan, s.PlanVersion, s.From, timeline.EndOf(i), PlanOf(s).View.Overrides, s.Trial, PlanOf(s).Compiled.Phase?.Name))],
            Changes = history.Changes.Length > 0 ? [.. history.Changes.Select(c => c.View(now))] : null,
            Pauses = timeline.Pauses is { } pauses
                ? [.. pauses.Select(p => new PauseView(p.From, p.To, p.BillsUsage ? "billed" : "quarantined"))]
                : null,
        };
    }

    /// <summary>Takes the next state of its changes.</summary>
    /// <param name="plans">Finds the plans of new segments.</param>
    public void Apply(SubscriptionHistory history, PlanTable plans)
    {
        History = history;
        View = View with { End = history.Timeline.End };
        foreach (var segment in history.Timeline.Segments.Where(s => s.Number > 0))
        {
            (_laterPlans ??= [])[segment.Number] = plans.Get(Tenant, segment.Plan, segment.PlanVersion, segment.Variant);
        }
    }

    /// <summary>The parts of a period in which it ran, by the plan in force; usually one. Lines of a single part are for the whole
    /// period.</summary>
    /// <param name="period">The usage period.</param>
    /// <param name="billed">The period whose invoice is made: corrected plans count from some invoice on. Usually all are known.</param>
    /// <param name="trial">A corrected plan that is only tried.</param>
    public IReadOnlyList<PeriodPart> Parts(BillingPeriod period, int billed = int.MaxValue, ReRatedPeriods? trial = null)
    {
        var timeline = Timeline;
        var parts = new List<PeriodPart>(1);
        for (var i = 0; i < timeline.Segments.Length; i++)
        {
            var segment = timeline.Segments[i];
            var start = Instant.Max(period.Start, segment.From);
            var end = timeline.EndOf(i) is { } to ? Instant.Min(period.End, to) : period.End;
            if (start < end)
            {
                var plan = ReRated.Aggregate(PlanOf(segment), (known, r) => r.For(known, period.Index, billed));
                parts.Add(new(
                    segment, trial?.For(plan, period.Index, billed) ?? plan, new(start, end), start, end,
                    timeline.Begins(i), Pauses));
            }
        }
        if (parts.Count > 0)
        {
            parts[0] = parts[0] with { Start = period.Start };
            parts[^1] = parts[^1] with { End = period.End };
        }
        return parts;
    }

    /// <summary>Quota that devices have reserved.</summary>
    public ReservationBook Reservations => _reservations ??= new();

    /// <summary>Quantities that were bought for charges, in the order of granting.</summary>
    public IReadOnlyList<UnitPack> Packs => _packs ?? [];

    /// <summary>Adds a pack.</summary>
    public void Add(UnitPack pack) => (_packs ??= []).Add(pack);

    /// <summary>Whether reservations need the customer's word about money.</summary>
    public bool HasFundsLimit { get; set; }

    /// <summary>Null for a subscription without reservations, which are most of them.</summary>
    public ReservationBook? ReservationsIfAny => _reservations;

    /// <summary>All usage of a period under one plan segment that the partitions told.</summary>
    public Dictionary<BucketKey, BucketTotal> Used(int period, int segment)
    {
        var totals = new PeriodTotals();
        foreach (var entry in _inbox)
        {
            if (entry.Usage == period && entry.Segment == segment)
            {
                Add(totals, entry);
            }
        }
        return totals.UpTo(period, int.MaxValue, segment);
    }

    /// <summary>The plan of a segment that is or was in force.</summary>
    public PlanEntry PlanOfSegment(int number) => number == 0 ? _plan : _laterPlans![number];

    /// <summary>The plan of a segment.</summary>
    public PlanEntry PlanOf(PlanSegment segment) => PlanOfSegment(segment.Number);

    /// <summary>When it was paused; null when it never was.</summary>
    public IReadOnlyList<Interval>? Pauses => History?.Timeline.Pauses is { } pauses ? [.. pauses.Select(p => p.ToInterval())] : null;


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
        InboxEntry entry = new(from, slice.UsagePeriod, slice.BilledPeriod, slice.Segment,
            slice.Aggregates is null && !slice.Corrected
                ? slice.Buckets
                : new MergingTold(slice.Buckets, slice.Aggregates ?? [], slice.Corrected));
        var at = Array.BinarySearch(_inbox, entry);
        if (at < 0)
        {
            _inbox = [.. _inbox.AsSpan(0, ~at), entry.Kept(), .. _inbox.AsSpan(~at)];
        }
        else if (!_inbox[at].Overwrite(entry))
        {
            _inbox[at] = entry.Kept();
        }
    }

    /// <summary>Everything the partitions told, as totals by usage and billed period.</summary>
    public PeriodTotals Totals()
    {
        var totals = new PeriodTotals();
        foreach (var entry in _inbox)
        {
            Add(totals, entry);
        }
        return totals;
    }

    private static void Add(PeriodTotals totals, InboxEntry entry)
    {
        var (from, usage, billed, segment, told) = entry;
        if (told is MergingTold merging)
        {
            totals.Add(usage, billed, segment, merging.Buckets, merging.Aggregates, from, merging.Corrected);
        }
        else
        {
            totals.Add(usage, billed, segment, (SliceBucket[])told);
        }
    }

    /// <summary>What a partition told where usage is also merged, or corrected.</summary>
    private sealed record MergingTold(SliceBucket[] Buckets, SliceAggregate[] Aggregates, bool Corrected);

    /// <summary>The newest that a partition told of one usage and billed period.</summary>
    /// <param name="Told">Buckets, or a <see cref="MergingTold"/>: there are millions of entries, and few have both.</param>
    private readonly record struct InboxEntry(int From, int Usage, int Billed, int Segment, object Told)
        : IComparable<InboxEntry>
    {
        public int CompareTo(InboxEntry other) =>
            (From, Usage, Billed, Segment).CompareTo((other.From, other.Usage, other.Billed, other.Segment));

        /// <summary>The same with buckets of its own, which nobody else has and later ones may be written over.</summary>
        public InboxEntry Kept() => Told is SliceBucket[] buckets ? this with { Told = buckets.AsSpan().ToArray() } : this;

        /// <summary>
        /// Takes the buckets of a newer one where they fit into its own. What came with a message is young and this is old:
        /// the collector would have to look through all that is old for what is young.
        /// </summary>
        /// <returns>False when they do not fit; nothing has changed.</returns>
        public bool Overwrite(in InboxEntry newer)
        {
            if (Told is not SliceBucket[] own || newer.Told is not SliceBucket[] told || own.Length != told.Length)
            {
                return false;
            }
            told.CopyTo(own, 0);
            return true;
        }
    }
}
