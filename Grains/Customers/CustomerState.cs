using NodaTime;
using OrleansBilling.Contracts.Customers;
using OrleansBilling.Contracts.Partitions;
using OrleansBilling.Contracts.Subscriptions;
using OrleansBilling.Core.Periods;
using OrleansBilling.Grains.Records;
using OrleansBilling.Grains.Subscriptions;
using OrleansBilling.Grains.Tenants;

namespace OrleansBilling.Grains.Customers;

/// <summary>
/// A customer in the partition that owns it: subscriptions, statements not invoiced yet, issued invoices.
/// </summary>
internal sealed class CustomerState(TenantCopy tenant, CustomerSpec spec)
{
    private readonly List<(SubscriptionView View, BillingCycle Cycle, BillingCalendar Calendar)> _subscriptions = [];
    private readonly SortedDictionary<Instant, List<PeriodStatement>> _pending = [];
    private readonly List<InvoiceIssued> _invoices = [];

    public TenantCopy Tenant { get; } = tenant;

    public CustomerSpec Spec { get; } = spec;

    /// <summary>Newest period of each subscription whose statement was taken; statements come in order.</summary>
    public Dictionary<string, int> TakenThrough { get; private set; } = new(StringComparer.Ordinal);

    public IReadOnlyList<InvoiceIssued> Invoices => _invoices;

    public IEnumerable<PeriodStatement> Pending => _pending.Values.SelectMany(s => s);

    public IEnumerable<(SubscriptionView View, BillingCycle Cycle)> Subscriptions => _subscriptions.Select(s => (s.View, s.Cycle));

    public CustomerView View => new(
        Spec.Id, Spec.Name, Spec.Currency, Spec.Email, Spec.Address, [.. _subscriptions.Select(s => s.View.Id)]);

    public bool Has(string subscription) => _subscriptions.Exists(s => s.View.Id == subscription);

    public BillingCalendar? CalendarOf(string subscription) =>
        _subscriptions.Find(s => s.View.Id == subscription).Calendar;

    public void Apply(CustomerSubscribed fact) =>
        _subscriptions.Add((fact.Subscription, fact.Cycle, Calendars.Of(fact.Subscription, fact.Cycle)));

    public void Apply(StatementTaken fact)
    {
        var statement = fact.Statement;
        TakenThrough[statement.Subscription] = Math.Max(
            statement.Period, TakenThrough.GetValueOrDefault(statement.Subscription, int.MinValue));
        if (!_pending.TryGetValue(statement.PeriodEnd, out var statements))
        {
            _pending[statement.PeriodEnd] = statements = [];
        }
        statements.Add(statement);
        DropEmpty(statement.PeriodEnd);
    }

    public void Apply(InvoiceIssued fact)
    {
        _invoices.Add(fact);
        _pending.Remove(fact.Invoice.PeriodEnd);
    }

    public void Apply(CustomerProgress fact) => TakenThrough = new(fact.TakenThrough, StringComparer.Ordinal);

    /// <summary>Period ends whose statements are all here and have something to bill, oldest first.</summary>
    public IEnumerable<(Instant PeriodEnd, PeriodStatement[] Statements)> Due() =>
        _pending.Where(p => Complete(p.Key) && p.Value.Exists(s => s.Lines.Length > 0))
            .Select(p => (p.Key, p.Value.ToArray()));

    /// <summary>Names an invoice before it has a number: the n-th of that period end.</summary>
    public string InvoiceKey(Instant periodEnd)
    {
        var nth = _invoices.Count(i => i.Invoice.PeriodEnd == periodEnd);
        return string.Create(
            System.Globalization.CultureInfo.InvariantCulture, $"{Spec.Id}|{periodEnd.ToUnixTimeTicks()}|{nth}");
    }

    public IEnumerable<object> Facts()
    {
        yield return new CustomerRegistered(Tenant.Id, Spec);
        foreach (var (view, cycle, _) in _subscriptions)
        {
            yield return new CustomerSubscribed(Tenant.Id, view, cycle);
        }
        foreach (var invoice in _invoices)
        {
            yield return invoice;
        }
        foreach (var statement in Pending)
        {
            yield return new StatementTaken(statement);
        }
        yield return new CustomerProgress(Tenant.Id, Spec.Id, TakenThrough);
    }

    /// <summary>Whether every subscription that has a period ending then, and ran in it, has told its lines.</summary>
    private bool Complete(Instant periodEnd) => _subscriptions.TrueForAll(s =>
    {
        var period = s.Calendar.PeriodAt(periodEnd - Duration.Epsilon);
        return period.End != periodEnd
            || s.View.Start >= period.End
            || s.View.End <= period.Start
            || TakenThrough.GetValueOrDefault(s.View.Id, int.MinValue) >= period.Index;
    });

    /// <summary>Nothing to bill makes no invoice.</summary>
    private void DropEmpty(Instant periodEnd)
    {
        if (Complete(periodEnd) && _pending[periodEnd].TrueForAll(s => s.Lines.Length == 0))
        {
            _pending.Remove(periodEnd);
        }
    }
}
