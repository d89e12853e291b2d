using NodaTime;
using OrleansBilling.Contracts.Partitions;
using OrleansBilling.Contracts.Subscriptions;
using OrleansBilling.Core.Periods;
using OrleansBilling.Core.Rating;
using OrleansBilling.Grains.Tenants;

namespace OrleansBilling.Grains.Subscriptions;

/// <summary>
/// A subscription in the partition that owns it: its terms, what every partition told of it, and how far it is closed.
/// </summary>
internal sealed class SubscriptionState
{
    private readonly Dictionary<(int From, int Usage, int Billed), SliceBucket[]> _inbox = [];

    public SubscriptionState(TenantCopy tenant, SubscriptionSpec spec, SubscriptionTerms terms)
    {
        Tenant = tenant;
        Spec = spec;
        Terms = terms;
        Zone = DateTimeZoneProviders.Tzdb[terms.Subscription.TimeZone];
        Calendar = Calendars.Of(terms.Subscription, terms.Plan.Definition.Cycle);
        Plan = CompiledPlan.Compile(terms.Plan.Definition, id => Array.Find(terms.Meters, m => m.Id == id));
        FirstPeriod = Calendar.IndexAt(terms.Subscription.Start);
        ClosedThrough = FirstPeriod - 1;
    }

    public TenantCopy Tenant { get; }

    /// <summary>As it was asked for, to tell a repeat from a conflict.</summary>
    public SubscriptionSpec Spec { get; }

    public SubscriptionTerms Terms { get; }

    public DateTimeZone Zone { get; }

    public BillingCalendar Calendar { get; }

    public CompiledPlan Plan { get; }

    public int FirstPeriod { get; }

    /// <summary>Index of the newest closed period; one less than the first when none is.</summary>
    public int ClosedThrough { get; set; }

    /// <summary>Closed periods that the customer has not confirmed.</summary>
    public SortedDictionary<int, PeriodStatement> Undelivered { get; } = [];

    public SubscriptionView View => Terms.Subscription;

    /// <summary>
    /// End of the period to close next; null for a subscription that is over, once nothing waits to be billed.
    /// </summary>
    public Instant? NextEnd()
    {
        var next = Calendar.Period(ClosedThrough + 1);
        return View.End <= next.Start && !_inbox.Keys.Any(k => k.Billed > ClosedThrough) ? null : next.End;
    }

    /// <summary>Keeps the newest slice of a partition; a slice is cumulative, so it replaces.</summary>
    public void Take(int from, Slice slice) => _inbox[(from, slice.UsagePeriod, slice.BilledPeriod)] = slice.Buckets;

    /// <summary>Everything the partitions told, as totals by usage and billed period.</summary>
    public PeriodTotals Totals()
    {
        var totals = new PeriodTotals();
        foreach (var ((_, usage, billed), buckets) in _inbox)
        {
            totals.Add(usage, billed, buckets);
        }
        return totals;
    }
}
