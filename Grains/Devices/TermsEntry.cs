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
    // A nullable instant would take 8 bytes more.
    private readonly Instant _end = end ?? Instant.MaxValue;
    private SliceTotals? _newestSlice;

    /// <summary>Number in the partition's table; usage records refer to it.</summary>
    public int Index { get; } = index;

    /// <summary>Partition that owns the subscription and is told the slices.</summary>
    public int OwnerPartition { get; } = ownerPartition;

    /// <summary>The subscription's id.</summary>
    public string Id { get; } = id;

    public TenantCopy Tenant => plan.Tenant;

    public DateTimeZone Zone => calendar.Zone;

    public BillingCalendar Calendar => calendar.Calendar;

    public CompiledPlan Plan => plan.Compiled;

    /// <summary>First instant of the subscription.</summary>
    public Instant Start { get; } = start;

    public long StartTicks => Start.ToUnixTimeTicks();

    /// <summary>Exclusive; the largest number for a subscription that runs on.</summary>
    public long EndTicks => _end == Instant.MaxValue ? long.MaxValue : _end.ToUnixTimeTicks();

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
        Tenant.Id, Id, plan.View.Id, plan.View.Version, Start, _end == Instant.MaxValue ? null : _end,
        calendar.TimeZone, calendar.AnchorDate);

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
        return _newestSlice = new(this, usagePeriod, billedPeriod, _newestSlice);
    }
}
