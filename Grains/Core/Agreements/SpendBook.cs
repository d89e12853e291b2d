using NodaTime;
using OrleansBilling.Core.Amounts;
using OrleansBilling.Core.Invoicing;

namespace OrleansBilling.Core.Agreements;

/// <summary>
/// A customer's agreements and what its invoices have of their periods so far. The same code issues invoices, tells what a running bill
/// will come to, and audits.
/// </summary>
/// <remarks>Rule: ADR 0027.</remarks>
/// <param name="currency">The customer's.</param>
public sealed class SpendBook(Currency currency)
{
    private readonly List<Entry> _entries = [];
    private readonly SortedDictionary<(int Agreement, int Period), SpendTally> _tallies = [];

    /// <summary>In the order of time; they do not overlap.</summary>
    public IEnumerable<SpendAgreement> Agreements => _entries.Select(e => e.Agreement);

    /// <summary>The latest period end of an invoice; every agreement's period that ended by then is settled.</summary>
    public Instant SettledThrough { get; private set; } = Instant.MinValue;

    /// <summary>A copy that may run ahead.</summary>
    public SpendBook Fork()
    {
        var fork = new SpendBook(currency) { SettledThrough = SettledThrough };
        fork._entries.AddRange(_entries);
        foreach (var (key, tally) in _tallies)
        {
            fork._tallies[key] = tally;
        }
        return fork;
    }

    /// <summary>A new agreement, or an earlier end of one that is known.</summary>
    public void Agree(SpendAgreement agreement)
    {
        var at = _entries.FindIndex(e => e.Agreement.Id == agreement.Id);
        if (at < 0)
        {
            _entries.Add(new(agreement, new(agreement)));
        }
        else
        {
            _entries[at] = new(agreement, new(agreement));
        }
    }

    /// <summary>The agreement of an id; null for none.</summary>
    public SpendAgreement? Find(string id) => _entries.Find(e => e.Agreement.Id == id).Agreement;

    /// <summary>Ends of agreements' periods, by an instant, whose minimum is due and on no invoice yet; earliest first.</summary>
    public IEnumerable<Instant> Due(Instant by) => Unsettled(by).Where(p => IsDue(p.Agreement, p.Period)).Select(p => p.Period.End).Order();

    /// <summary>Ends of agreements' periods that no invoice has settled yet and that began by an instant; earliest first.</summary>
    public IEnumerable<Instant> Begun(Instant by) => Unsettled(Instant.MaxValue, by).Select(p => p.Period.End).Order();

    /// <summary>The lines that an invoice has because of agreements.</summary>
    /// <param name="charges">Lines of subscriptions, with the end of the billing period that each is for.</param>
    /// <param name="periodEnd">Of the invoice.</param>
    /// <param name="begunBy">A minimum is due only of periods that began by then: invoices have no others, a running bill could.</param>
    /// <returns>With the index of the agreement's period; in the order of agreements and periods.</returns>
    public IReadOnlyList<(InvoiceLine Line, int Period)> Lines(
        IEnumerable<(InvoiceLine Line, Instant UsageEnd)> charges, Instant periodEnd, Instant? begunBy = null)
    {
        var through = Instant.Max(SettledThrough, periodEnd);
        var charged = Charged(charges);
        var lines = new List<(InvoiceLine, int)>();
        var keys = _tallies.Keys.Concat(charged.Keys).Concat(Unsettled(through).Select(p => (p.Agreement, Period: p.Period.Index)))
            .Distinct().Order();
        foreach (var key in keys)
        {
            var (agreement, calendar) = _entries[key.Agreement];
            var before = Tally(key);
            var total = before.Charged + charged.GetValueOrDefault(key, Money.Zero(currency));
            if (calendar.Period(key.Period) is { } period)
            {
                var complete = period.End <= through && period.Start <= (begunBy ?? Instant.MaxValue);
                lines.AddRange(SpendLines.Of(agreement, period, before, total, complete).Select(line => (line, key.Period)));
            }
        }
        return lines;
    }

    /// <summary>
    /// By how much charges exceed the maximum of the agreement that usage counts for; null where none blocks then.
    /// </summary>
    /// <param name="usageEnd">End of the billing period of the usage.</param>
    /// <param name="open">Amounts that are on no invoice yet, with the end of the billing period that each is for.</param>
    public Money? AboveMaximum(Instant usageEnd, IEnumerable<(Money Amount, Instant UsageEnd)> open)
    {
        for (var i = 0; i < _entries.Count; i++)
        {
            var (agreement, calendar) = _entries[i];
            if (agreement.Maximum is { Block: true } maximum && calendar.EndingAt(usageEnd) is { } period)
            {
                var charged = open.Where(o => calendar.EndingAt(o.UsageEnd)?.Index == period.Index)
                    .Aggregate(Tally((i, period.Index)).Charged, (sum, o) => sum + o.Amount);
                var above = charged - SpendLines.Limit(maximum, period, currency);
                return above.MinorUnits > 0 ? above : Money.Zero(currency);
            }
        }
        return null;
    }

    /// <summary>Takes an invoice as it was issued.</summary>
    /// <param name="charges">Lines of subscriptions, with the end of the billing period that each is for.</param>
    /// <param name="own">Lines of agreements, with the index of the agreement's period.</param>
    public void Take(
        IEnumerable<(InvoiceLine Line, Instant UsageEnd)> charges, IEnumerable<(InvoiceLine Line, int Period)> own, Instant periodEnd)
    {
        foreach (var (key, amount) in Charged(charges))
        {
            var tally = Tally(key);
            _tallies[key] = tally with { Charged = tally.Charged + amount };
        }
        foreach (var (line, period) in own)
        {
            var key = (_entries.FindIndex(e => e.Agreement.Id == line.Agreement), period);
            var tally = Tally(key);
            _tallies[key] = line.Kind == Pricing.CommitmentDefinition.MinimumId
                ? tally with { Minimum = tally.Minimum + line.Amount }
                : tally with { Maximum = tally.Maximum + line.Amount };
        }
        SettledThrough = Instant.Max(SettledThrough, periodEnd);
    }

    private bool IsDue(int agreement, SpendPeriod period)
    {
        var tally = Tally((agreement, period.Index));
        return SpendLines.Of(_entries[agreement].Agreement, period, tally, tally.Charged, complete: true).Any();
    }

    private SpendTally Tally((int, int) key) => _tallies.TryGetValue(key, out var tally) ? tally : SpendTally.Nothing(currency);

    private Dictionary<(int Agreement, int Period), Money> Charged(IEnumerable<(InvoiceLine Line, Instant UsageEnd)> charges)
    {
        var charged = new Dictionary<(int Agreement, int Period), Money>();
        foreach (var (line, end) in charges)
        {
            for (var i = 0; i < _entries.Count; i++)
            {
                if (_entries[i].Calendar.EndingAt(end) is { } period)
                {
                    charged[(i, period.Index)] = charged.GetValueOrDefault((i, period.Index), Money.Zero(currency)) + line.Amount;
                }
            }
        }
        return charged;
    }

    /// <summary>Periods that ended after what is settled and by an instant; those that began by another.</summary>
    private IEnumerable<(int Agreement, SpendPeriod Period)> Unsettled(Instant endedBy, Instant? begunBy = null)
    {
        for (var i = 0; i < _entries.Count; i++)
        {
            var (agreement, calendar) = _entries[i];
            var index = SettledThrough > agreement.From ? calendar.WholeAt(SettledThrough - Duration.Epsilon).Index : calendar.First;
            for (; calendar.Period(index) is { } period && period.End <= endedBy && period.Start <= (begunBy ?? Instant.MaxValue); index++)
            {
                if (period.End > SettledThrough)
                {
                    yield return (i, period);
                }
            }
        }
    }

    private readonly record struct Entry(SpendAgreement Agreement, SpendCalendar Calendar);
}
