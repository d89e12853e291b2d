using OrleansBilling.Cluster.Tests.Chaos.Journals;
using OrleansBilling.Cluster.Tests.Chaos.Workload;

namespace OrleansBilling.Cluster.Tests.Chaos.Checking;

/// <summary>What one tenant's bills and invoices must add up to, from what clients wrote down.</summary>
internal sealed class ExpectedBill
{
    /// <summary>By the first instant of the part of a period in which one plan was in force.</summary>
    private readonly Dictionary<(string Subscription, DateTimeOffset Part), (decimal Quantity, long Events)> _totals = [];

    private readonly Dictionary<string, Calendar> _calendars = new(StringComparer.Ordinal);

    private ExpectedBill()
    {
    }

    public Dictionary<LineKey, LineSum> Lines { get; } = [];

    /// <summary>By device, subscription and period.</summary>
    public Dictionary<(string Device, string Subscription, DateTimeOffset Period), (decimal Quantity, long Events)> Usage { get; } = [];

    /// <summary>The events of each subscription and part of a period.</summary>
    public Dictionary<(string Subscription, DateTimeOffset Part), List<(string Device, string Id)>> Events { get; } = [];

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
        var part = tenant.ChangeAt(owner, known.Time) is { } change && change.From > period ? change.From : period;
        var (quantity, events) = _totals.GetValueOrDefault((owner, part));
        _totals[(owner, part)] = (quantity + known.Value, events + 1);
        (quantity, events) = Usage.GetValueOrDefault((device, owner, period));
        Usage[(device, owner, period)] = (quantity + known.Value, events + 1);
        if (!Events.TryGetValue((owner, part), out var list))
        {
            Events[(owner, part)] = list = [];
        }

        list.Add((device, id));
    }

    private void Price(KnownTenant tenant)
    {
        foreach (var ((subscription, part), (quantity, events)) in _totals)
        {
            var plan = tenant.PlanAt(tenant.Subscriptions[subscription], part);
            Lines[new(subscription, part, PlanTerms.UseCharge)] = new(quantity, events, PlainPrice.OfQuantity(plan, quantity));
            Lines[new(subscription, part, PlanTerms.CountCharge)] = new(events, events, PlainPrice.OfEvents(plan, events));
        }
    }

    private void AddFees(KnownTenant tenant, IReadOnlyDictionary<string, DateTimeOffset> asOf)
    {
        foreach (var subscription in tenant.Subscriptions.Values)
        {
            var (calendar, until) = (_calendars[subscription.Id], asOf[subscription.Customer]);
            for (var start = calendar.StartOf(subscription.Start); start <= until; start = calendar.EndOf(start))
            {
                AddFees(tenant, subscription, start, calendar.EndOf(start));
            }
        }
    }

    /// <summary>A fee without proration is due in full for each plan that is in force in a period.</summary>
    private void AddFees(KnownTenant tenant, SubscriptionCreated subscription, DateTimeOffset start, DateTimeOffset end)
    {
        var changes = tenant.Changes.GetValueOrDefault(subscription.Id) ?? [];
        foreach (var part in changes.Select(change => change.From).Where(from => from > start && from < end).Prepend(start))
        {
            if (tenant.PlanAt(subscription, part).Fee is { } fee)
            {
                Lines[new(subscription.Id, part, PlanTerms.FeeCharge)] = new(0m, 0, fee);
            }
        }
    }
}
