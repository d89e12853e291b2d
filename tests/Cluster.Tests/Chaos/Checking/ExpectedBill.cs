using OrleansBilling.Cluster.Tests.Chaos.Journals;
using OrleansBilling.Cluster.Tests.Chaos.Workload;

namespace OrleansBilling.Cluster.Tests.Chaos.Checking;

/// <summary>What one tenant's bills and invoices must add up to, from what clients wrote down.</summary>
internal sealed class ExpectedBill
{
    private readonly Dictionary<(string Subscription, DateTimeOffset Period), (decimal Quantity, long Events)> _totals = [];
    private readonly Dictionary<string, Calendar> _calendars = new(StringComparer.Ordinal);

    private ExpectedBill()
    {
    }

    public Dictionary<LineKey, LineSum> Lines { get; } = [];

    /// <summary>By device, subscription and period.</summary>
    public Dictionary<(string Device, string Subscription, DateTimeOffset Period), (decimal Quantity, long Events)> Usage { get; } = [];

    /// <summary>The events of each subscription and period.</summary>
    public Dictionary<(string Subscription, DateTimeOffset Period), List<(string Device, string Id)>> Events { get; } = [];

    /// <summary>Events that were accepted although nobody could pay for them.</summary>
    public List<string> Unplaceable { get; } = [];

    /// <param name="asOf">Until when each customer's fees are due: the moment of its running bill.</param>
    public static ExpectedBill Of(KnownTenant tenant, IReadOnlyDictionary<string, DateTimeOffset> asOf)
    {
        var bill = new ExpectedBill();
        foreach (var subscription in tenant.Subscriptions.Values)
        {
            bill._calendars[subscription.Id] = new(subscription.Zone, tenant.PlanOf(subscription).Cycle);
        }

        foreach (var ((device, id), known) in tenant.Events.Where(e => e.Value.IsBilled))
        {
            bill.Place(tenant, device, id, known);
        }

        bill.Price(tenant);
        bill.AddFees(tenant, asOf);
        return bill;
    }

    private void Place(KnownTenant tenant, string device, string id, KnownEvent known)
    {
        if (tenant.OwnerAt(device, known.Time) is not { } owner || known.Time < tenant.Subscriptions[owner].Start)
        {
            Unplaceable.Add($"event {id} of {device} at {known.Time:O} was billed, but nobody owned the device then");
            return;
        }

        var period = _calendars[owner].StartOf(known.Time);
        var (quantity, events) = _totals.GetValueOrDefault((owner, period));
        _totals[(owner, period)] = (quantity + known.Value, events + 1);
        (quantity, events) = Usage.GetValueOrDefault((device, owner, period));
        Usage[(device, owner, period)] = (quantity + known.Value, events + 1);
        if (!Events.TryGetValue((owner, period), out var list))
        {
            Events[(owner, period)] = list = [];
        }

        list.Add((device, id));
    }

    private void Price(KnownTenant tenant)
    {
        foreach (var ((subscription, period), (quantity, events)) in _totals)
        {
            var plan = tenant.PlanOf(tenant.Subscriptions[subscription]);
            Lines[new(subscription, period, PlanTerms.UseCharge)] = new(quantity, events, PlainPrice.OfQuantity(plan, quantity));
            Lines[new(subscription, period, PlanTerms.CountCharge)] = new(events, events, PlainPrice.OfEvents(plan, events));
        }
    }

    private void AddFees(KnownTenant tenant, IReadOnlyDictionary<string, DateTimeOffset> asOf)
    {
        foreach (var subscription in tenant.Subscriptions.Values)
        {
            if (tenant.PlanOf(subscription).Fee is { } fee)
            {
                AddFees(subscription, fee, asOf[subscription.Customer]);
            }
        }
    }

    private void AddFees(SubscriptionCreated subscription, decimal fee, DateTimeOffset until)
    {
        var calendar = _calendars[subscription.Id];
        for (var start = calendar.StartOf(subscription.Start); start <= until; start = calendar.EndOf(start))
        {
            Lines[new(subscription.Id, start, PlanTerms.FeeCharge)] = new(0m, 0, fee);
        }
    }
}
