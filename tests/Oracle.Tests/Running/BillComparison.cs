using System.Numerics;
using NodaTime;
using OrleansBilling.Contracts.Partitions;
using OrleansBilling.Core.Invoicing;
using OrleansBilling.Core.Pricing;
using OrleansBilling.Oracle.Arithmetic;
using OrleansBilling.Oracle.Calendars;
using OrleansBilling.Oracle.Generation;
using OrleansBilling.Oracle.Pricing;

namespace OrleansBilling.Oracle.Running;

/// <summary>Compares statements with the oracle's lines, period by period and part by part.</summary>
internal sealed class BillComparison
{
    private readonly Case _given;
    private readonly IReadOnlyList<OracleStage> _stages;
    private readonly IReadOnlyList<PeriodStatement> _statements;
    private readonly ILookup<OracleStage, OracleEvent> _events;
    private readonly List<OracleEvent> _records;

    private BillComparison(Case given, IReadOnlyList<OracleStage> stages, IReadOnlyList<PeriodStatement> statements)
    {
        (_given, _stages, _statements) = (given, stages, statements);
        _records = [.. given.Events.Where(e => OracleRefusals.Of(given, stages, e).Count == 0)];
        _events = _records
            .Select(e => (Stage: stages.Single(s => s.From <= e.Time && e.Time < s.To), Event: e))
            .ToLookup(e => e.Stage, e => OracleLookups.Apply(e.Stage.Plan, e.Event));
    }

    /// <summary>The first difference; null when there is none.</summary>
    internal static string? Find(Case given, IReadOnlyList<OracleStage> stages, IReadOnlyList<PeriodStatement> statements) =>
        new BillComparison(given, stages, statements).Find();

    private string? Find()
    {
        var carried = OracleCarried.None;
        var billedLate = new HashSet<InvoiceLine>(ReferenceEqualityComparer.Instance);
        foreach (var statement in _statements)
        {
            var parts = OraclePart.Of(_given, _stages, _given.Period(statement.Period));
            var own = statement.Lines.Where(l => l.Kind != LateUsage.Kind).ToList();
            var earlier = new Recurring();
            var earlierLate = new Recurring();
            var carriedLate = carried;
            for (var i = 0; i < parts.Count; i++)
            {
                if (FindIn(parts[i], own, carried, carriedLate, earlier, earlierLate, billedLate) is { } difference)
                {
                    return $"period {statement.Period}, part {i}, {difference}";
                }

                if (NextOf(parts, i) is { } next)
                {
                    carriedLate = OracleCarried.Out(parts[i], next, EventsOf(parts[i], late: true), carriedLate);
                    carried = OracleCarried.Out(parts[i], next, EventsOf(parts[i], late: false), carried);
                }
            }

            if (OracleTermination.Differs(_given, _stages, statement, own) is { } fee)
            {
                return $"period {statement.Period}, {fee}";
            }

            if (own.Count > 0)
            {
                return $"period {statement.Period}: only the engine has {string.Join("; ", own)}";
            }
        }

        return _statements.SelectMany(s => s.Lines).Where(l => l.Kind == LateUsage.Kind && !billedLate.Contains(l))
            .Select(l => $"only the engine has {l}").FirstOrDefault();
    }

    private OraclePart? NextOf(IReadOnlyList<OraclePart> parts, int index) => index + 1 < parts.Count
        ? parts[index + 1]
        : OraclePart.Of(_given, _stages, _given.Period(parts[index].Period.Index + 1)) is [var first, ..] ? first : null;

    private OracleEvent[] EventsOf(OraclePart part, bool late) =>
        [.. _events[part.Stage].Where(e => part.Period.Holds(e.Time) && (late || !e.Late))];

    /// <summary>The last period is closed when late usage has come.</summary>
    private List<OracleEvent> Records(OraclePart part, bool late) =>
        late || part.Period.Index == _statements[^1].Period ? _records : [.. _records.Where(e => !e.Late)];

    /// <summary>The part on time and, where late usage came, with that.</summary>
    private string? FindIn(
        OraclePart part, List<InvoiceLine> own, OracleCarried carried, OracleCarried carriedLate, Recurring earlier, Recurring earlierLate,
        HashSet<InvoiceLine> billedLate)
    {
        var from = part.From;
        var lines = own.Where(l => Start(part) == l.PeriodStart && l.ChargeId != TerminationFeeDefinition.Id).ToList();
        own.RemoveAll(lines.Contains);
        var onTime = new EngineLines(lines);
        if (Differs(part, "on time", onTime, EventsOf(part, late: false), Records(part, late: false), carried, earlier) is { } difference)
        {
            return difference;
        }

        var late = _statements.SelectMany(s => s.Lines)
            .Where(l => l.Kind == LateUsage.Kind && l.PeriodStart == Start(part) && l.PeriodEnd == End(part)).ToList();
        billedLate.UnionWith(late);
        return Differs(part, "with late usage", onTime.With(late), EventsOf(part, late: true), _records, carriedLate, earlierLate);
    }

    /// <summary>Lines of the first part begin with the period, those of the last end with it.</summary>
    private Instant Start(OraclePart part) => Parts(part)[0].Stage == part.Stage ? part.Period.Start : part.From;

    private Instant End(OraclePart part) => Parts(part)[^1].Stage == part.Stage ? part.Period.End : part.To;

    private IReadOnlyList<OraclePart> Parts(OraclePart part) => OraclePart.Of(_given, _stages, part.Period);

    private static string? Differs(
        OraclePart part, string when, EngineLines engine, OracleEvent[] events, IReadOnlyList<OracleEvent> records, OracleCarried carried,
        Recurring earlier)
    {
        var minor = new Dictionary<string, BigInteger>();
        foreach (var charge in part.Plan.Charges)
        {
            var oracle = OracleBill.Price(part, charge, events, records, carried);
            if (charge.Kind == ChargeKind.Recurring)
            {
                oracle = earlier.Add(part, oracle, engine.Minor(charge.Id));
            }

            var cut = charge is { Unit: not null, DiscountPercent: not null } or { Unit: not null, Allowances.Count: > 0 };
            if (Differs(part, Tolerances.Of(part, charge, carried) + Tolerances.OfDiscount(charge, oracle), when, engine, oracle, cut) is { } difference)
            {
                return difference;
            }

            if (charge.Kind == ChargeKind.Usage && PoolComparison.Find(part, charge, engine.Minor(charge.Id), events) is { } shares)
            {
                return shares;
            }

            minor[charge.Id] = engine.Minor(charge.Id); // As the oracle has it, but where only infinite digits tell.
        }

        var terms = OracleTerms.Of(part, minor);
        var allowed = Tolerances.OfTerms(part);
        return terms.Select(line => Differs(part, allowed, when, engine, line)).FirstOrDefault(d => d is not null)
            ?? engine.Ids.Except(minor.Keys).Except(terms.Select(line => line.Id))
                .Where(id => !engine.IsNothing(id)).Select(id => $"{id} {when}: only the engine has it").FirstOrDefault();
    }

    private static string? Differs(
        OraclePart part, Rational allowed, string when, EngineLines engine, OracleLine oracle, bool cut = false)
    {
        var (minor, exact) = (engine.Minor(oracle.Id), engine.Exact(oracle.Id));
        var quantity = engine.Quantity(oracle.Id) ?? (oracle.MinorUnits.IsZero && oracle.Exact.IsZero ? oracle.Quantity : 0);
        var edge = oracle.Edge ?? oracle.Exact;
        if ((minor != oracle.MinorUnits && !Tolerances.IsNearlyOnEdge(edge * OracleMoney.MinorUnits(part.Plan.Currency), allowed * 1000, cut))
            || (!engine.IsSilent(oracle.Id) && (exact - oracle.Exact).Abs() > allowed) || (quantity - oracle.Quantity).Abs() > 0.00000000001m)
        {
            return $"{oracle.Id} {when}: engine {minor} ({exact}, {quantity}), oracle {oracle}";
        }

        return engine.StepsDiffer(oracle.Id) is { } steps ? $"{oracle.Id} {when}: {steps}" : null;
    }
}
