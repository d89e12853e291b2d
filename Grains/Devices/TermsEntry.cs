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
    int index, string id, PlanEntry plan, SharedCalendar calendar, Instant start, Instant? end, int ownerPartition)
    : ITenantEntity
{
    // Half the size of instants: ticks, and the nanoseconds beyond them that hardly any subscription has.
    private readonly byte _startNanoseconds = NanosecondsOf(start);
    private readonly byte _endNanoseconds = end is { } e ? NanosecondsOf(e) : (byte)0;
    private readonly ushort _ownerPartition = (ushort)ownerPartition;
    private SliceTotals? _newestSlice;

    /// <summary>Number in the partition's table; usage records refer to it.</summary>
    public int Index { get; } = index;

    /// <summary>Partition that owns the subscription and is told the slices.</summary>
    public int OwnerPartition => _ownerPartition;

    public int IdPlace { get; } = plan.Tenant.Ids.Add(id);

    /// <summary>The subscription's id; made anew each time.</summary>
    public string Id => Tenant.Ids.Get(IdPlace);

    public TenantCopy Tenant => plan.Tenant;

    public DateTimeZone Zone => calendar.Zone;

    public BillingCalendar Calendar => calendar.Calendar;

    public CompiledPlan Plan => plan.Compiled;

    /// <summary>First instant of the subscription.</summary>
    public Instant Start => InstantOf(StartTicks, _startNanoseconds);

    public long StartTicks { get; } = start.ToUnixTimeTicks();

    /// <summary>Exclusive; the largest number for a subscription that runs on.</summary>
    public long EndTicks { get; } = end?.ToUnixTimeTicks() ?? long.MaxValue;

    /// <summary>Its devices, when its plan counts them.</summary>
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

    /// <summary>The same terms told again.</summary>
    public SubscriptionLearned Fact => new(
        Tenant.Id, Id, plan.View.Id, plan.View.Version, Start,
        EndTicks == long.MaxValue ? null : InstantOf(EndTicks, _endNanoseconds), calendar.TimeZone, calendar.AnchorDate);

    /// <summary>
    /// The period whose invoice bills usage of an instant: its own, or, when that ended at or before the partition's
    /// seal, the one in which the seal lies.
    /// </summary>
    public int BilledPeriod(long unixTicks, out int usagePeriod)
    {
        usagePeriod = calendar.PeriodAt(unixTicks, out var end);
        return end <= Tenant.SealedThroughTicks ? Calendar.IndexAt(Tenant.SealedThrough) : usagePeriod;
    }

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
