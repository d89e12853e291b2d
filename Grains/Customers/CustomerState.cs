using NodaTime;
using OrleansBilling.Contracts.Customers;
using OrleansBilling.Contracts.Invoicing;
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
internal sealed partial class CustomerState(TenantCopy tenant, CustomerSpec spec)
{
    // Most customers have one subscription, and nothing waits for them.
    private readonly List<(SubscriptionView View, BillingCycle Cycle, BillingCalendar Calendar)> _subscriptions = new(1);
    private SortedDictionary<Instant, List<PeriodStatement>>? _pending;
    private List<IssuedInvoice>? _invoices;
    private HashSet<string>? _approved;
    private Dictionary<string, int>? _takenThrough;

    public TenantCopy Tenant { get; } = tenant;

    public CustomerSpec Spec { get; private set; } = spec;

    /// <summary>Newest period of a subscription whose statement was taken, the smallest number when none was; statements
    /// come in order.</summary>
    public int TakenThrough(string subscription) => _takenThrough?.GetValueOrDefault(subscription, int.MinValue) ?? int.MinValue;

    /// <summary>In the order of issue; the last ones may wait for their numbers.</summary>
    public IReadOnlyList<IssuedInvoice> Invoices => _invoices ?? [];

    public IEnumerable<PeriodStatement> Pending => _pending?.Values.SelectMany(s => s) ?? [];

    public IEnumerable<(SubscriptionView View, BillingCycle Cycle)> Subscriptions => _subscriptions.Select(s => (s.View, s.Cycle));

    public CustomerView View => new(
        Spec.Id, Spec.Name, Spec.Currency, Spec.Email, Spec.Address, [.. _subscriptions.Select(s => s.View.Id)], Spec.PostalCode, Spec.City,
        Spec.Region, Spec.Country, Spec.Language, Spec.LegalEntity, Spec.Tax);

    public bool Has(string subscription) => _subscriptions.Exists(s => s.View.Id == subscription);

    public BillingCalendar? CalendarOf(string subscription) =>
        _subscriptions.Find(s => s.View.Id == subscription).Calendar;

    /// <summary>Null for no such subscription.</summary>
    public DateTimeZone? ZoneOf(string subscription) => _subscriptions.Find(s => s.View.Id == subscription).View is { TimeZone: var zone }
        ? DateTimeZoneProviders.Tzdb[zone]
        : null;

    /// <summary>The period of each subscription that holds an instant, and whether the subscription ran in it.</summary>
    public IEnumerable<(string Id, BillingCycle Cycle, BillingPeriod Period, bool Runs)> PeriodsAt(Instant at) => _subscriptions.Select(s =>
    {
        var period = s.Calendar.PeriodAt(at);
        return (s.View.Id, s.Cycle, period, s.View.Start < period.End && !(s.View.End <= period.Start));
    });

    /// <param name="calendar">The subscription's; shared with others.</param>
    public void Apply(CustomerSubscribed fact, SharedCalendar calendar) => _subscriptions.Add((
        fact.Subscription with
        {
            Customer = Spec.Id,
            Currency = fact.Subscription.Currency == Spec.Currency ? Spec.Currency : fact.Subscription.Currency,
            TimeZone = calendar.TimeZone,
            AnchorDate = calendar.AnchorDate,
        },
        fact.Cycle,
        calendar.Calendar));

    /// <summary>Statements that waited for a period of it may be complete now.</summary>
    public void Apply(CustomerSubscriptionEnded fact)
    {
        var at = _subscriptions.FindIndex(s => s.View.Id == fact.Subscription);
        _subscriptions[at] = _subscriptions[at] with { View = _subscriptions[at].View with { End = fact.End } };
        foreach (var periodEnd in _pending?.Keys.ToArray() ?? [])
        {
            DropEmpty(periodEnd);
        }
    }

    public void Apply(StatementTaken fact)
    {
        var statement = fact.Statement;
        (_takenThrough ??= new(StringComparer.Ordinal))[statement.Subscription] =
            Math.Max(statement.Period, TakenThrough(statement.Subscription));
        _pending ??= [];
        if (!_pending.TryGetValue(statement.PeriodEnd, out var statements))
        {
            _pending[statement.PeriodEnd] = statements = [];
        }
        statements.Add(statement);
        DropEmpty(statement.PeriodEnd);
    }

    public void Apply(InvoiceIssued fact) => Take(IssuedInvoice.Of(fact), fact.Invoice);

    public void Apply(InvoicePrepared fact)
    {
        var invoice = IssuedInvoice.Of(fact);
        Take(invoice, invoice.Read());
    }

    public void Apply(DocumentSealed fact) =>
        ((IssuedDocument?)Issued(fact.Key) ?? CreditNotes.First(n => n.Key == fact.Key)).Apply(fact);

    public void Apply(CustomerChanged fact) => Spec = fact.Customer;

    public void Apply(CustomerProgress fact) =>
        _takenThrough = new(fact.TakenThrough, StringComparer.Ordinal);

    /// <summary>Period ends whose statements are all here and have something to bill, oldest first; also those of agreements that
    /// have, once the tenant's clock has passed them, or an invoice that comes later is due.</summary>
    public IEnumerable<(Instant PeriodEnd, PeriodStatement[] Statements)> Due()
    {
        var due = _pending?.Where(p => Complete(p.Key) && InOrder(p.Key) && p.Value.Exists(s => s.Lines.Length > 0))
            .Select(p => (PeriodEnd: p.Key, Statements: p.Value.ToArray())) ?? [];
        return Agreements is null ? due : WithAgreements([.. due]);
    }

    /// <summary>What is prepared and waits for its number, in the order of preparing.</summary>
    public IEnumerable<SealRequest> Unsealed() => JournalItems.OfType<IssuedDocument>().Where(d => d.Number is null).Select(d => d.Request);

    /// <summary>Whether somebody has approved a draft.</summary>
    public bool IsApproved(string key) => _approved?.Contains(key) == true;

    public void Apply(DraftApproved fact) => (_approved ??= new(StringComparer.Ordinal)).Add(fact.Key);

    /// <summary>Names an invoice before it has a number: the n-th of that period end.</summary>
    public string InvoiceKey(Instant periodEnd) => InvoiceKey(periodEnd, IssuedAt(periodEnd));

    /// <inheritdoc cref="InvoiceKey(Instant)"/>
    public string InvoiceKey(Instant periodEnd, int nth) => string.Create(
        System.Globalization.CultureInfo.InvariantCulture, $"{Spec.Id}|{periodEnd.ToUnixTimeTicks()}|{nth}");

    /// <summary>Invoices with that period end that are issued.</summary>
    public int IssuedAt(Instant periodEnd) => Invoices.Count(i => i.PeriodEnd == periodEnd);

    /// <summary>The invoice of a key, if it is issued.</summary>
    public IssuedInvoice? Issued(string key) => Invoices.FirstOrDefault(i => i.Key == key);

    public IEnumerable<object> Facts()
    {
        yield return new CustomerRegistered(Tenant.Id, Spec);
        foreach (var (view, cycle, _) in _subscriptions)
        {
            yield return new CustomerSubscribed(Tenant.Id, view, cycle);
        }
        foreach (var fact in TrialFacts.Concat(Agreements?.Facts ?? []).Concat(JournalFacts).Concat(AnnouncedFacts).Concat(FundsFacts))
        {
            yield return fact;
        }
        foreach (var statement in Pending)
        {
            yield return new StatementTaken(statement);
        }
        foreach (var key in _approved ?? [])
        {
            yield return new DraftApproved(Tenant.Id, Spec.Id, key);
        }
        if (_takenThrough is not null)
        {
            yield return new CustomerProgress(Tenant.Id, Spec.Id, _takenThrough);
        }
    }

    private void Take(IssuedInvoice invoice, InvoiceView view)
    {
        (_invoices ??= []).Add(invoice);
        _pending?.Remove(view.PeriodEnd);
        _approved?.Remove(invoice.Key);
        Wallets?.Apply(invoice, view);
        Tally(view, invoice.BilledPeriods);
    }

    /// <summary>Whether every subscription that has a period ending then, and ran in it, has told its lines.</summary>
    private bool Complete(Instant periodEnd) => _subscriptions.TrueForAll(s =>
    {
        var period = s.Calendar.PeriodAt(periodEnd - Duration.Epsilon);
        return period.End != periodEnd
            || s.View.Start >= period.End
            || s.View.End <= period.Start
            || TakenThrough(s.View.Id) >= period.Index;
    });

    /// <summary>Nothing to bill makes no invoice.</summary>
    private void DropEmpty(Instant periodEnd)
    {
        if (Complete(periodEnd) && _pending![periodEnd].TrueForAll(s => s.Lines.Length == 0))
        {
            _pending.Remove(periodEnd);
        }
    }
}
