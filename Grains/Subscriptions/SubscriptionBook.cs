using NodaTime;
using OrleansBilling.Contracts.Partitions;
using OrleansBilling.Contracts.Subscriptions;
using OrleansBilling.Grains.Pricing;
using OrleansBilling.Grains.Records;
using OrleansBilling.Grains.ReRating;
using OrleansBilling.Grains.Tenants;

namespace OrleansBilling.Grains.Subscriptions;

/// <summary>Subscriptions that a partition owns, and how far every other partition has told all about them.</summary>
internal sealed class SubscriptionBook(int partitionCount, PlanTable plans, CalendarTable calendars)
{
    private readonly Dictionary<(TenantCopy, string), SubscriptionState> _subscriptions = [];
    private readonly Dictionary<string, Instant>?[] _receivedThrough = new Dictionary<string, Instant>?[partitionCount];
    private readonly (long Epoch, long Position)[] _newest = new (long, long)[partitionCount];

    public IEnumerable<SubscriptionState> All => _subscriptions.Values;

    public int Count => _subscriptions.Count;

    /// <summary>Whether seals came since the last look for due periods; a low watermark may have moved.</summary>
    public bool SealsHeard { get; set; }

    public SubscriptionState? Find(TenantCopy tenant, string id) => _subscriptions.GetValueOrDefault((tenant, id));

    public void Apply(TenantCopy tenant, SubscriptionCreated fact)
    {
        var plan = plans.Learn(tenant, fact.Terms.Plan, fact.Terms.Meters);
        Add(fact.Spec, fact.Terms.Subscription, fact.Terms.Variant is { } variant
            ? plans.Get(tenant, plan.View.Id, plan.View.Version, variant)
            : plan);
        if (fact.Terms.Timeline?.Timeline is { } timeline)
        {
            var stages = timeline.Segments[1..];
            _subscriptions[(tenant, fact.Spec.Id)].Apply(
                new(timeline, [], NextSegment: timeline.Segments.Length, Stages: stages.Length > 0 ? stages : null), plans);
        }
    }

    public void Apply(TenantCopy tenant, SubscriptionHeld fact) =>
        Add(fact.Spec, fact.View, plans.Get(tenant, fact.View.Plan, fact.View.PlanVersion, fact.Variant ?? fact.Spec.Overrides?.Key));

    public void Apply(TenantCopy tenant, PeriodClosed fact) =>
        _subscriptions[(tenant, fact.Statement.Subscription)].Close(fact.Statement);

    public void Apply(TenantCopy tenant, StatementDelivered fact) =>
        _subscriptions[(tenant, fact.Subscription)].Confirm(fact.Period);

    public void Apply(TenantCopy tenant, SubscriptionProgress fact) =>
        _subscriptions[(tenant, fact.Subscription)].ClosedThrough = fact.ClosedThrough;

    public void Apply(TenantCopy tenant, ChangeRequested fact)
    {
        var subscription = _subscriptions[(tenant, fact.Subscription)];
        subscription.Apply((subscription.History ?? new(subscription.Timeline, [])).Apply(fact.Intent), plans);
    }

    public void Apply(TenantCopy tenant, ChangeDecided fact)
    {
        var subscription = _subscriptions[(tenant, fact.Subscription)];
        subscription.Apply(subscription.History!.Decide(fact.At, fact.Earliest, subscription.Spec.End, fact.Reason, fact.Stages), plans);
    }

    public void Apply(TenantCopy tenant, ChangeTold fact)
    {
        var subscription = _subscriptions[(tenant, fact.Subscription)];
        subscription.Apply(subscription.History!.Tell(), plans);
    }

    public void Apply(TenantCopy tenant, SubscriptionHistoryHeld fact) =>
        _subscriptions[(tenant, fact.Subscription)].Apply(fact.History, plans);

    public void Apply(TenantCopy tenant, ReservationSet fact) =>
        _subscriptions[(tenant, fact.Subscription)].Reservations.Set(fact.At, fact.Reservation);

    public void Apply(TenantCopy tenant, PackGranted fact) => _subscriptions[(tenant, fact.Subscription)].Add(fact.Pack);

    public void Apply(TenantCopy tenant, FundsLimitSet fact) => _subscriptions[(tenant, fact.Subscription)].HasFundsLimit = true;

    /// <summary>Whether every partition has told this owner all it has: before that, totals may lack usage.</summary>
    public bool HasHeardAll => Array.TrueForAll(_receivedThrough, r => r is not null);

    public void Apply(TenantCopy tenant, PeriodsReRated fact) => _subscriptions[(tenant, fact.Subscription)].Apply(new ReRatedPeriods(
        fact.Id, fact.Plan, fact.WrongVersion, plans.Get(tenant, fact.Plan, fact.CorrectedVersion, variant: null), fact.FirstPeriod, fact.LastPeriod,
        fact.BilledFrom, fact.Variants));

    /// <summary>
    /// Takes a delivery. Slices are not logged here: the sender has them in its log and sends all of them again to a
    /// new owner.
    /// </summary>
    public void Take(SliceDelivery delivery, long ownEpoch, Func<string, TenantCopy?> tenantOf)
    {
        if ((delivery.Epoch, delivery.Position).CompareTo(_newest[delivery.From]) < 0)
        {
            return;
        }
        _newest[delivery.From] = (delivery.Epoch, delivery.Position);
        foreach (var slice in delivery.Slices)
        {
            if (tenantOf(slice.Tenant) is { } tenant && Find(tenant, slice.Subscription) is { } subscription)
            {
                subscription.Take(delivery.From, slice);
            }
        }
        if (delivery.ReceiverEpoch == ownEpoch && !IsKnown(_receivedThrough[delivery.From], delivery.SealedThrough))
        {
            _receivedThrough[delivery.From] = delivery.SealedThrough.ToDictionary(StringComparer.Ordinal);
            SealsHeard = true;
        }
    }

    /// <summary>Most deliveries bring usage only, ten times a second, and every look for due periods goes through all subscriptions.</summary>
    private static bool IsKnown(Dictionary<string, Instant>? known, KeyValuePair<string, Instant>[] told) =>
        known?.Count == told.Length && Array.TrueForAll(told, seal => known.TryGetValue(seal.Key, out var through) && through == seal.Value);

    /// <summary>
    /// The tenant's low watermark: every slice of every period that ended by then is here. Negative infinity while some
    /// partition has not said so.
    /// </summary>
    public Instant LowWatermark(string tenant)
    {
        var lowest = Instant.MaxValue;
        foreach (var received in _receivedThrough)
        {
            if (received is null || !received.TryGetValue(tenant, out var through))
            {
                return Instant.MinValue;
            }
            lowest = Instant.Min(lowest, through);
        }
        return lowest;
    }

    /// <summary>The next period of each of the tenant's subscriptions that has ended by an instant.</summary>
    public IEnumerable<SubscriptionState> Due(TenantCopy tenant, Instant by) =>
        _subscriptions.Values.Where(s => s.Tenant == tenant && s.NextEnd() <= by);

    public IEnumerable<object> Facts(TenantCopy tenant)
    {
        foreach (var s in _subscriptions.Values.Where(s => s.Tenant == tenant))
        {
            yield return new SubscriptionHeld(tenant.Id, s.Spec, s.View, s.StartVariant);
            if (s.History is { } history)
            {
                yield return new SubscriptionHistoryHeld(tenant.Id, s.Spec.Id, history);
            }
            foreach (var r in s.ReRated)
            {
                yield return new PeriodsReRated(
                    tenant.Id, s.Spec.Id, r.Id, r.Plan, r.WrongVersion, r.Corrected.View.Version, r.FirstPeriod, r.LastPeriod, r.BilledFrom,
                    r.Variants);
            }
            foreach (var statement in s.Undelivered.Values)
            {
                yield return new PeriodClosed(statement);
            }
            if (s.ClosedThrough >= s.FirstPeriod)
            {
                yield return new SubscriptionProgress(tenant.Id, s.Spec.Id, s.ClosedThrough);
            }
            foreach (var pack in s.Packs)
            {
                yield return new PackGranted(tenant.Id, s.Spec.Id, pack);
            }
            if (s.HasFundsLimit)
            {
                yield return new FundsLimitSet(tenant.Id, s.Spec.Id);
            }
            foreach (var reservation in s.ReservationsIfAny?.All ?? [])
            {
                yield return new ReservationSet(tenant.Id, s.Spec.Id, s.Reservations.Clock, reservation);
            }
        }
    }

    private void Add(SubscriptionSpec spec, SubscriptionView view, PlanEntry plan) =>
        _subscriptions[(plan.Tenant, spec.Id)] = new(
            spec, view, plan, calendars.Of(view.TimeZone, view.AnchorDate, plan.View.Definition.Cycle));
}
