using NodaTime;
using OrleansBilling.Contracts.Partitions;
using OrleansBilling.Core.Periods;
using OrleansBilling.Core.Rating;
using OrleansBilling.Grains.Subscriptions;
using OrleansBilling.Grains.Tenants;

namespace OrleansBilling.Grains.Devices;

/// <summary>
/// A subscription as the partition of one of its devices sees it: its terms, compiled, and this partition's slices.
/// </summary>
internal sealed class TermsEntry
{
    private readonly Dictionary<(int Usage, int Billed), SliceTotals> _slices = [];
    private BillingPeriod _cached;
    private long _cachedStart = 1;
    private long _cachedEnd;
    private SliceTotals? _lastSlice;

    public TermsEntry(int index, TenantCopy tenant, SubscriptionTerms terms, int ownerPartition)
    {
        Index = index;
        Tenant = tenant;
        Terms = terms;
        OwnerPartition = ownerPartition;
        Zone = DateTimeZoneProviders.Tzdb[terms.Subscription.TimeZone];
        Calendar = Calendars.Of(terms.Subscription, terms.Plan.Definition.Cycle);
        Plan = CompiledPlan.Compile(terms.Plan.Definition, id => Array.Find(terms.Meters, m => m.Id == id));
        StartTicks = terms.Subscription.Start.ToUnixTimeTicks();
        EndTicks = terms.Subscription.End?.ToUnixTimeTicks() ?? long.MaxValue;
    }

    /// <summary>Number in the partition's table; usage records refer to it.</summary>
    public int Index { get; }

    public TenantCopy Tenant { get; }

    public SubscriptionTerms Terms { get; }

    /// <summary>Partition that owns the subscription and is told the slices.</summary>
    public int OwnerPartition { get; }

    public DateTimeZone Zone { get; }

    public BillingCalendar Calendar { get; }

    public CompiledPlan Plan { get; }

    public long StartTicks { get; }

    public long EndTicks { get; }

    public IEnumerable<SliceTotals> Slices => _slices.Values;

    /// <summary>The billing period of an instant; consecutive events mostly hit the cached one.</summary>
    public int PeriodAt(long unixTicks, out long endTicks)
    {
        if (unixTicks < _cachedStart || unixTicks >= _cachedEnd)
        {
            _cached = Calendar.Period(Calendar.IndexAt(Instant.FromUnixTimeTicks(unixTicks)));
            _cachedStart = _cached.Start.ToUnixTimeTicks();
            _cachedEnd = _cached.End.ToUnixTimeTicks();
        }
        endTicks = _cachedEnd;
        return _cached.Index;
    }

    /// <summary>
    /// The period whose invoice bills usage of an instant: its own, or, when that ended at or before the partition's
    /// seal,
    /// the one in which the seal lies.
    /// </summary>
    public int BilledPeriod(long unixTicks, out int usagePeriod)
    {
        usagePeriod = PeriodAt(unixTicks, out var end);
        return end <= Tenant.SealedThroughTicks ? Calendar.IndexAt(Tenant.SealedThrough) : usagePeriod;
    }

    public SliceTotals Slice(int usagePeriod, int billedPeriod)
    {
        if (_lastSlice is { } last && last.UsagePeriod == usagePeriod && last.BilledPeriod == billedPeriod)
        {
            return last;
        }
        if (!_slices.TryGetValue((usagePeriod, billedPeriod), out var slice))
        {
            _slices[(usagePeriod, billedPeriod)] = slice = new(this, usagePeriod, billedPeriod);
        }
        return _lastSlice = slice;
    }
}
