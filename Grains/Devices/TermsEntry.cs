using NodaTime;
using OrleansBilling.Core.Periods;
using OrleansBilling.Core.Rating;
using OrleansBilling.Grains.Pricing;
using OrleansBilling.Grains.Records;
using OrleansBilling.Grains.Subscriptions;
using OrleansBilling.Grains.Tenants;

namespace OrleansBilling.Grains.Devices;

/// <summary>
/// A subscription as the partition of one of its devices sees it: its terms, and this partition's slices. A subscription
/// with ten devices is in about ten partitions, so what can be shared is.
/// </summary>
internal sealed class TermsEntry(
    int index, string id, PlanEntry plan, SharedCalendar calendar, Instant start, Instant? end, int ownerPartition,
    TermsEntry? first = null, int number = 0) : ITenantEntity
{
    // Half the size of instants: ticks, and the nanoseconds beyond them that hardly any subscription has.
    private byte _startNanoseconds = NanosecondsOf(start);
    private byte _endNanoseconds = end is { } e ? NanosecondsOf(e) : (byte)0;
    private readonly ushort _ownerPartition = (ushort)ownerPartition;
    private readonly ushort _number = (ushort)number;
    private SliceTotals? _newestSlice;

    /// <summary>Number in the partition's table; usage records refer to it.</summary>
    public int Index { get; } = index;

    /// <summary>Partition that owns the subscription and is told the slices.</summary>
    public int OwnerPartition => _ownerPartition;

    public int IdPlace { get; } = first?.IdPlace ?? plan.Tenant.Ids.Add(id);

    /// <summary>Number of the plan segment it is for; 0 is the plan the subscription was created with.</summary>
    public int Number => _number;

    /// <summary>All segments of the subscription; null when it was never changed.</summary>
    public TermsTimeline? Timeline { get; set; }

    /// <summary>The entry that devices of the subscription are assigned to.</summary>
    public TermsEntry First => Timeline?.First ?? this;

    /// <summary>The subscription's id; made anew each time.</summary>
    public string Id => Tenant.Ids.Get(IdPlace);

    public TenantCopy Tenant => plan.Tenant;

    public DateTimeZone Zone => calendar.Zone;

    public BillingCalendar Calendar => calendar.Calendar;

    public CompiledPlan Plan => plan.Compiled;

    public PlanEntry PlanEntry => plan;

    /// <summary>First instant of the segment; of the subscription for the first one.</summary>
    public Instant Start => InstantOf(StartTicks, _startNanoseconds);

    public long StartTicks { get; private set; } = start.ToUnixTimeTicks();

    /// <summary>Exclusive; the largest number for one that runs on.</summary>
    public long EndTicks { get; private set; } = end?.ToUnixTimeTicks() ?? long.MaxValue;

    /// <summary>Devices of the subscription, when its plan counts them.</summary>
    public PresenceMembers? Members { get; } =
        plan.Compiled.Presences.Count > 0 ? new(calendar.Calendar.IndexAt(start)) : null;

    /// <summary>Oldest first.</summary>
    public IEnumerable<SliceTotals> Slices
    {
        get
        {
            var slices = new List<SliceTotals>();
            for (var slice = _newestSlice; slice is not null; slice = slice.Before)
            {
                slices.Add(slice);
            }
            slices.Reverse();
            return slices;
        }
    }

    /// <summary>Exclusive; null for one that runs on.</summary>
    public Instant? End => EndTicks == long.MaxValue ? null : InstantOf(EndTicks, _endNanoseconds);

    /// <summary>An entry for another plan of the same subscription; it has no time yet.</summary>
    public TermsEntry ForSegment(int tableIndex, PlanEntry later, int segment, Instant from) =>
        new(tableIndex, Id, later, calendar, from, from, OwnerPartition, this, segment);

    /// <summary>The entry whose plan is in force at an instant; this one when the subscription never changed.</summary>
    public TermsEntry At(long unixTicks) => Timeline is null ? this : Timeline.At(unixTicks);

    public void SetExtent(Instant start, Instant? end)
    {
        (StartTicks, _startNanoseconds) = (start.ToUnixTimeTicks(), NanosecondsOf(start));
        (EndTicks, _endNanoseconds) = end is { } e ? (e.ToUnixTimeTicks(), NanosecondsOf(e)) : (long.MaxValue, (byte)0);
    }

    /// <summary>The same terms told again.</summary>
    public SubscriptionLearned Fact => new(
        Tenant.Id, Id, plan.View.Id, plan.View.Version, Start,
        End, calendar.TimeZone, calendar.AnchorDate, plan.Variant);

    /// <summary>
    /// The period whose invoice bills usage of an instant: its own, or, when that ended at or before the partition's
    /// seal, the one in which the seal lies.
    /// </summary>
    public int BilledPeriod(long unixTicks, out int usagePeriod)
    {
        usagePeriod = calendar.PeriodAt(unixTicks, out var end);
        return end <= Tenant.SealedThroughTicks ? Calendar.IndexAt(Tenant.SealedThrough) : usagePeriod;
    }

    /// <summary>The period of an instant, and its exclusive end in Unix ticks.</summary>
    public int PeriodAt(long unixTicks, out long endTicks) => calendar.PeriodAt(unixTicks, out endTicks);

    public SliceTotals Slice(int usagePeriod, int billedPeriod)
    {
        for (var slice = _newestSlice; slice is not null; slice = slice.Before)
        {
            if (slice.UsagePeriod == usagePeriod && slice.BilledPeriod == billedPeriod)
            {
                return slice;
            }
        }
        return _newestSlice = Plan.Merges
            ? new MergingSlice(this, usagePeriod, billedPeriod, _newestSlice)
            : new SliceTotals(this, usagePeriod, billedPeriod, _newestSlice);
    }

    private static byte NanosecondsOf(Instant instant) =>
        (byte)(instant - Instant.FromUnixTimeTicks(instant.ToUnixTimeTicks())).SubsecondNanoseconds;

    private static Instant InstantOf(long ticks, byte nanoseconds) =>
        Instant.FromUnixTimeTicks(ticks) + Duration.FromNanoseconds((long)nanoseconds);
}
