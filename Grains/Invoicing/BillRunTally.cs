using NodaTime;
using OrleansBilling.Contracts.Invoicing;
using OrleansBilling.Grains.Customers;
using OrleansBilling.Grains.Subscriptions;

namespace OrleansBilling.Grains.Invoicing;

/// <summary>Counts how far a partition is with periods that end in a span of time. Pure: states come in, figures go out.</summary>
/// <param name="now">The tenant's clock.</param>
/// <param name="grace">How long periods wait for late events.</param>
/// <param name="heard">How far all partitions have told all their usage.</param>
internal sealed class BillRunTally(BillRunQuery query, Instant now, Duration grace, Instant heard)
{
    /// <summary>Some partition has not told all its usage of the period.</summary>
    public const string NotHeard = "usage.not_told";

    /// <summary>A change of the subscription's plan is not decided yet.</summary>
    public const string Undecided = "change.undecided";

    /// <summary>It is closed next.</summary>
    public const string Closing = "period.closing";

    private readonly Dictionary<string, long> _behind = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Currency, string? Hold), (long Count, decimal Total)> _sums = [];
    private long _ended;
    private long _ahead;
    private long _closed;
    private long _inGrace;
    private long _undelivered;
    private long _unnumbered;
    private long _inMinute;
    private long _inHour;
    private long _ready;
    private long _incomplete;
    private long _held;
    private Instant? _lastIssued;
    private Instant? _oldest;

    /// <summary>Counts a subscription's periods.</summary>
    public void Add(SubscriptionState subscription)
    {
        var view = subscription.View;
        var calendar = subscription.Calendar;
        var period = calendar.Period(Math.Max(subscription.FirstPeriod, calendar.IndexAt(query.From - Duration.Epsilon)));
        while (period.End < query.To && !(view.End <= period.Start))
        {
            if (period.End >= query.From)
            {
                Add(subscription, period.Index, period.End);
            }
            period = calendar.Period(period.Index + 1);
        }
    }

    /// <summary>Counts a customer's invoices, and those that are not complete.</summary>
    public void Add(CustomerState customer)
    {
        foreach (var invoice in customer.Invoices.Where(i => IsIn(i.PeriodEnd)))
        {
            Add(invoice);
        }
        var due = customer.Due().Select(d => d.PeriodEnd).ToHashSet();
        foreach (var end in customer.Pending.Select(s => s.PeriodEnd).Distinct().Where(end => IsIn(end) && !due.Contains(end)))
        {
            _incomplete++;
            Outstanding(end);
        }
    }

    /// <summary>Counts an invoice that is not issued.</summary>
    public void Add(DraftView draft)
    {
        var invoice = draft.Invoice;
        Outstanding(invoice.PeriodEnd);
        if (draft.Holds.Length == 0)
        {
            _ready++;
            return;
        }
        _held++;
        foreach (var hold in draft.Holds.Select(h => h.Code).Distinct(StringComparer.Ordinal))
        {
            Sum(invoice.Currency, hold, invoice.GrossTotal());
        }
    }

    /// <summary>Whether a period that ends then is asked for.</summary>
    public bool IsIn(Instant periodEnd) => query.From <= periodEnd && periodEnd < query.To;

    public BillRunPart ToPart(int partition, (string Problem, Instant At)? failure) => new(
        partition, now, _ended, _ahead, _closed, _inGrace, _behind, _undelivered, Sums(null), _unnumbered, _inMinute, _inHour, _lastIssued, _ready,
        _incomplete,
        [.. _sums.Keys.Select(k => k.Hold).OfType<string>().Distinct().Order(StringComparer.Ordinal).Select(h => new BillRunHold(h, Sums(h)))],
        _held, _oldest, heard == Instant.MinValue ? null : heard, failure?.Problem, failure?.At);

    private void Add(SubscriptionState subscription, int index, Instant end)
    {
        if (end > now)
        {
            _ahead++;
            return;
        }
        _ended++;
        if (index <= subscription.ClosedThrough)
        {
            _closed++;
            if (subscription.Undelivered.ContainsKey(index))
            {
                _undelivered++;
                Outstanding(end);
            }
            return;
        }
        Outstanding(end);
        if (end + grace > now)
        {
            _inGrace++;
            return;
        }
        var reason = subscription.History?.OpenFrom < end ? Undecided : heard < end ? NotHeard : Closing;
        _behind[reason] = _behind.GetValueOrDefault(reason) + 1;
    }

    private void Add(IssuedInvoice invoice)
    {
        if (invoice.Number is null)
        {
            _unnumbered++;
            Outstanding(invoice.PeriodEnd);
            return;
        }
        Sum(invoice.Gross.Currency.Code, null, invoice.Gross.ToDecimal());
        _inMinute += now - invoice.IssuedAt < Duration.FromMinutes(1) ? 1 : 0;
        _inHour += now - invoice.IssuedAt < Duration.FromHours(1) ? 1 : 0;
        _lastIssued = _lastIssued is { } last ? Instant.Max(last, invoice.IssuedAt) : invoice.IssuedAt;
    }

    private void Outstanding(Instant end) => _oldest = _oldest is { } oldest ? Instant.Min(oldest, end) : end;

    private void Sum(string currency, string? hold, decimal total)
    {
        var (count, sum) = _sums.GetValueOrDefault((currency, hold));
        _sums[(currency, hold)] = (count + 1, sum + total);
    }

    private BillRunSum[] Sums(string? hold) =>
        BillRunSum.Add(_sums.Where(s => s.Key.Hold == hold).Select(s => new BillRunSum(s.Key.Currency, s.Value.Count, s.Value.Total)));
}
