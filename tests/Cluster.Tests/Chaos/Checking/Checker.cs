using System.Globalization;
using OrleansBilling.Cluster.Tests.Chaos.Workload;

namespace OrleansBilling.Cluster.Tests.Chaos.Checking;

/// <summary>
/// Compares what the API shows with what clients wrote down: every acknowledged event billed exactly once, every amount
/// recomputed, numbers without gap or double, invoices unchanged, the quarantine complete, the audit clean.
/// </summary>
internal sealed class Checker
{
    private readonly KnownTenant _known;
    private readonly Published _published;
    private readonly ExpectedBill _expected;
    private readonly List<string> _findings = [];

    private Checker(KnownTenant known, Published published)
    {
        (_known, _published) = (known, published);
        _expected = ExpectedBill.Of(
            known, published.Bills.ToDictionary(bill => bill.Customer, bill => bill.AsOf, StringComparer.Ordinal));
    }

    /// <summary>Everything that is wrong; empty for a good run.</summary>
    public static IReadOnlyList<string> Check(Knowledge knowledge, IEnumerable<Published> published)
    {
        var findings = new List<string>(knowledge.Contradictions);
        foreach (var tenant in published)
        {
            findings.AddRange(new Checker(knowledge.Tenants[tenant.Tenant], tenant).Run().Select(f => $"{tenant.Tenant}: {f}"));
        }

        return findings;
    }

    private List<string> Run()
    {
        _findings.AddRange(_expected.Unplaceable);
        CheckAnswers();
        CheckLines();
        CheckTotals();
        CheckClosed();
        CheckNumbers();
        CheckUnchanged();
        CheckUsage();
        CheckQuarantine();
        CheckTraced();
        if (_published.AuditFindings is { } audit)
        {
            _findings.Add($"the audit does not agree: {audit}");
        }

        return _findings;
    }

    private void CheckAnswers()
    {
        foreach (var ((device, id), known) in _known.Events)
        {
            if (!known.IsAnswered)
            {
                _findings.Add($"event {id} of {device} was never answered");
            }
            else if (known.IsRefused)
            {
                _findings.Add($"event {id} of {device} at {known.Time:O} was refused to the end: {known.LastReason}");
            }
        }
    }

    /// <summary>Per subscription, period and charge, over invoices and running bill, to the minor unit.</summary>
    private void CheckLines()
    {
        var actual = new Dictionary<LineKey, LineSum>();
        foreach (var line in _published.Invoices.SelectMany(i => i.Lines).Concat(_published.Bills.SelectMany(b => b.Lines)))
        {
            var sum = line.Key.Charge == PlanTerms.FeeCharge ? new(0m, 0, line.Sum.Amount) : line.Sum;
            actual[line.Key] = actual.GetValueOrDefault(line.Key).Plus(sum);
        }

        foreach (var key in _expected.Lines.Keys.Union(actual.Keys))
        {
            var (wanted, billed) = (_expected.Lines.GetValueOrDefault(key), actual.GetValueOrDefault(key));
            if (wanted != billed)
            {
                _findings.Add($"{key}: {wanted} was due, {billed} is billed");
            }
        }
    }

    private void CheckTotals()
    {
        foreach (var invoice in _published.Invoices.Where(i => i.Total != i.Lines.Sum(line => line.Sum.Amount)))
        {
            _findings.Add($"the lines of invoice {invoice.Id} do not add up to {invoice.Total}");
        }

        foreach (var bill in _published.Bills.Where(b => b.Total != b.Lines.Sum(line => line.Sum.Amount)))
        {
            _findings.Add($"the lines of the bill of {bill.Customer} do not add up to {bill.Total}");
        }
    }

    /// <summary>On a test clock all that is sealed is invoiced when the clock has answered.</summary>
    private void CheckClosed()
    {
        if (_published.Tenant != "test")
        {
            return;
        }

        foreach (var line in _published.Bills.SelectMany(bill => bill.Lines)
            .Where(line => line.PeriodEnd <= _published.SealedThrough))
        {
            _findings.Add($"{line.Key} is sealed, but on no invoice");
        }
    }

    private void CheckNumbers()
    {
        var numbers = _published.Invoices
            .Select(invoice => int.Parse(invoice.Id["INV-".Length..], NumberStyles.None, CultureInfo.InvariantCulture))
            .Order().ToList();
        if (!numbers.SequenceEqual(Enumerable.Range(1, numbers.Count)))
        {
            var missing = Enumerable.Range(1, numbers.LastOrDefault()).Except(numbers);
            var doubled = numbers.GroupBy(n => n).Where(group => group.Count() > 1).Select(group => group.Key);
            _findings.Add($"invoice numbers missing: {string.Join(' ', missing)}; doubled: {string.Join(' ', doubled)}");
        }
    }

    private void CheckUnchanged()
    {
        var now = _published.Invoices.ToLookup(invoice => invoice.Id, invoice => invoice.Body);
        foreach (var (id, body) in _known.InvoicesSeen)
        {
            if (now[id].FirstOrDefault() is not { } last || last != body)
            {
                _findings.Add($"invoice {id} was {body} when first seen, now it is {now[id].FirstOrDefault() ?? "gone"}");
            }
        }
    }

    private void CheckUsage()
    {
        var actual = _published.Usage.ToDictionary(
            row => (row.Device, row.Subscription, row.PeriodStart), row => (row.Quantity, row.Events));
        foreach (var key in _expected.Usage.Keys.Union(actual.Keys))
        {
            var (wanted, counted) = (_expected.Usage.GetValueOrDefault(key), actual.GetValueOrDefault(key));
            if (wanted != counted)
            {
                _findings.Add(
                    $"device {key.Item1} used {wanted.Quantity} in {wanted.Events} events of {key.Item2} from {key.Item3:O}, "
                    + $"counted are {counted.Quantity} in {counted.Events}");
            }
        }
    }

    private void CheckQuarantine()
    {
        var kept = new HashSet<(string, string)>();
        foreach (var e in _published.Quarantine)
        {
            if (!kept.Add((e.Device, e.Id)))
            {
                _findings.Add($"event {e.Id} of {e.Device} is in quarantine twice");
            }

            if (!_known.Events.TryGetValue((e.Device, e.Id), out var known) || !known.IsQuarantined)
            {
                _findings.Add($"event {e.Id} of {e.Device} is in quarantine ({e.Reason}), and nobody was told");
            }
        }

        foreach (var ((device, id), known) in _known.Events.Where(e => e.Value.IsQuarantined && !kept.Contains(e.Key)))
        {
            _findings.Add($"event {id} of {device} went to quarantine ({known.LastReason}) and is not there");
        }
    }

    private void CheckTraced()
    {
        foreach (var (key, events) in _published.Traced)
        {
            var wanted = _expected.Events.GetValueOrDefault((key.Subscription, key.PeriodStart)) ?? [];
            var doubled = events.GroupBy(e => e).Where(group => group.Count() > 1).Select(group => group.Key).ToList();
            var (missing, strange) = (wanted.Except(events).ToList(), events.Except(wanted).ToList());
            if (doubled.Count + missing.Count + strange.Count > 0)
            {
                _findings.Add(
                    $"events behind {key}: missing {First(missing)}, doubled {First(doubled)}, not acknowledged {First(strange)}");
            }
        }
    }

    private static string First(List<(string Device, string Id)> events) =>
        events.Count == 0 ? "none" : $"{events.Count} such as {events[0].Id} of {events[0].Device}";
}
