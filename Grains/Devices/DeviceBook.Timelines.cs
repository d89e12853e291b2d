using NodaTime;
using OrleansBilling.Contracts.Usage;
using OrleansBilling.Core.Rating;
using OrleansBilling.Core.Subscriptions;
using OrleansBilling.Grains.Records;
using OrleansBilling.Grains.Tenants;

namespace OrleansBilling.Grains.Devices;

/// <summary>
/// Changes of plan. While one is not decided, usage that it may concern is held: which plan an event belongs to depends on its time
/// alone, so nothing is rated before the plan at that time is certain. See docs/adr/0013.
/// </summary>
internal sealed partial class DeviceBook
{
    private readonly HashSet<TermsEntry> _held = [];

    /// <summary>How often the partition was asked about a subscription that it does not know; see LearnTerms.</summary>
    public long UnknownTimelines { get; set; }

    public void Apply(TenantCopy tenant, UsageHeld fact)
    {
        var first = KnownTerms(tenant, fact.Subscription);
        TimelineOf(first).Hold = new(fact.Change, fact.From.ToUnixTimeTicks());
        _held.Add(first);
    }

    public void Apply(TenantCopy tenant, SegmentHeld fact)
    {
        var first = KnownTerms(tenant, fact.Subscription);
        AddSegment(TimelineOf(first), new(fact.Number, fact.From, fact.Plan, fact.PlanVersion, fact.Variant));
    }

    /// <summary>Takes a timeline that is newer than the known one; what it changes in counted devices is the difference.</summary>
    public void Apply(TenantCopy tenant, TimelineLearned fact)
    {
        var first = KnownTerms(tenant, fact.Subscription);
        var timeline = TimelineOf(first);
        if (fact.Timeline.Revision > timeline.Told.Revision)
        {
            foreach (var segment in fact.Timeline.Segments)
            {
                if (!timeline.Entries.Exists(e => e.Number == segment.Number))
                {
                    AddSegment(timeline, segment);
                }
            }
            Recount(timeline, timeline.Told.DiffersFrom(fact.Timeline), () => timeline.Take(fact.Timeline));
        }
        if (fact.Change is not null && timeline.Hold?.Change == fact.Change)
        {
            timeline.Hold = null;
            _held.Remove(first);
        }
    }

    /// <summary>A subscription whose change must be decided before an event can be; null when there is none.</summary>
    public TermsEntry? HeldBy(TenantCopy tenant, UsageEvent[] events)
    {
        if (_held.Count == 0)
        {
            return null;
        }
        foreach (var e in events)
        {
            if (HeldAt(Device(tenant, e.Device), e.UnixTicks) is { } terms)
            {
                return terms;
            }
        }
        return null;
    }

    /// <summary>As <see cref="HeldBy(TenantCopy, UsageEvent[])"/>, of usage that is in quarantine.</summary>
    public TermsEntry? HeldBy(IEnumerable<UsageRecord> quarantined) => _held.Count == 0
        ? null
        : quarantined.Select(r => HeldAt(_devices[r.Device], r.Time)).FirstOrDefault(terms => terms is not null);

    private static TermsEntry? HeldAt(DeviceState? device, long unixTicks) =>
        device?.AssignedAt(unixTicks) is { Timeline.Hold: { } hold } terms && unixTicks >= hold.FromTicks ? terms : null;

    /// <summary>Whether what a device has at or after an instant may belong to a plan that is not decided.</summary>
    public static bool IsHeld(DeviceState device, Instant from) =>
        device.Assignments.Any(a => a.Terms?.Timeline?.Hold is { } hold && hold.FromTicks <= from.ToUnixTimeTicks());

    /// <summary>The first instant, not before another, at and after which no usage of a subscription is rated.</summary>
    public Instant FreeFrom(TermsEntry first, Instant from)
    {
        var free = from.ToUnixTimeTicks();
        foreach (var device in _devices)
        {
            var assignments = device.Assignments;
            for (var i = 0; i < assignments.Count; i++)
            {
                if (assignments[i].Terms == first)
                {
                    // Usage after the device has left is another's; an assignment begins after all usage before it.
                    var last = i + 1 < assignments.Count ? assignments[i + 1].From - 1 : long.MaxValue - 1;
                    free = Math.Max(free, Math.Min(Newest(device), last) + 1);
                }
            }
        }
        return Instant.FromUnixTimeTicks(free);
    }

    /// <summary>Newest usage or point of a register; the smallest number when there is none.</summary>
    private static long Newest(DeviceState device)
    {
        var newest = device.NewestUsage;
        foreach (var (_, history) in device.Registers)
        {
            if (history.Readings.Count > 0)
            {
                newest = Math.Max(newest, history.Readings[^1].Time.ToUnixTimeTicks());
            }
        }
        return newest;
    }

    private static TermsTimeline TimelineOf(TermsEntry first) => first.Timeline ??= new(first, new(
        0, [new(0, first.Start, first.PlanEntry.View.Id, first.PlanEntry.View.Version, first.PlanEntry.Variant)], first.End));

    /// <summary>Adds the entry of a segment, without any time yet.</summary>
    private void AddSegment(TermsTimeline timeline, PlanSegment segment)
    {
        var first = timeline.First;
        var entry = _plans.Get(first.Tenant, segment.Plan, segment.PlanVersion, segment.Variant);
        foreach (var meter in entry.Meters)
        {
            Learn(first.Tenant, meter);
        }
        var terms = first.ForSegment(_terms.Count, entry, segment.Number, segment.From);
        terms.Timeline = timeline;
        timeline.Entries.Add(terms);
        AddTerms(terms);
        terms.Members?.Devices.AddRange(
            timeline.Entries.Find(e => e != terms && e.Members is not null)?.Members!.Devices
            ?? _devices.Where(d => d.Assignments.Any(a => a.Terms == first)));
    }

    /// <summary>Changes when segments begin and end, and adds what that changes in periods whose devices are counted already.</summary>
    private void Recount(TermsTimeline timeline, Instant? from, Action change)
    {
        var counted = timeline.Entries.Where(e => e.Members is not null).ToArray();
        var ahead = Ahead(timeline.First.Tenant.SealedThrough + timeline.First.Tenant.Grace);
        foreach (var terms in counted)
        {
            CountThrough(terms, ahead);
        }
        var before = All(counted, from);
        var devices = counted.Where(terms => terms.Plan.Covers.Count > 0).SelectMany(terms => terms.Members!.Devices).Distinct().ToArray();
        var covered = Covers(devices, counted);
        ChangeLasting(timeline.First, from, change);
        foreach (var (then, now) in before.Zip(All(counted, from)))
        {
            AddPresence(now.Terms, now.Period, now.Key, now.Total.Subtract(then.Total));
        }
        AddCovers(covered, Covers(devices, counted));
        foreach (var terms in counted)
        {
            CountThrough(terms, ahead);
        }
    }

    private static (TermsEntry Terms, int Period, BucketKey Key, BucketTotal Total)[] All(TermsEntry[] counted, Instant? from) =>
        from is not { } first ? [] :
        [
            .. counted.SelectMany(terms => terms.Members!.Devices
                .SelectMany(device => Counted(device, terms, first.ToUnixTimeTicks()))),
        ];
}
