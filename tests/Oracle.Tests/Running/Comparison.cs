using NodaTime;
using OrleansBilling.Contracts.Partitions;
using OrleansBilling.Core.Amounts;
using OrleansBilling.Core.Periods;
using OrleansBilling.Core.Pricing;
using OrleansBilling.Oracle.Calendars;
using OrleansBilling.Oracle.Generation;
using OrleansBilling.Oracle.Pricing;

namespace OrleansBilling.Oracle.Running;

/// <summary>Bills a case with the engine and with the oracle.</summary>
internal static class Comparison
{
    private const string InexactReason = "rating.inexact";

    /// <summary>How often a case is billed once more, in another order, with restarts, and audited.</summary>
    private const int AgainEvery = 20;

    private const int JsonEvery = 4;

    /// <param name="seed">Of the case; says what else is done with it.</param>
    internal static Outcome Find(Case given, ulong seed)
    {
        try
        {
            return Compare(given, seed);
        }
        catch (InexactAmountException)
        {
            return new(null, Inexact: 1);
        }
        catch (ArgumentException refused) when (refused.Message.StartsWith("Plan '", StringComparison.Ordinal))
        {
            return new(Outcome.Invalid + refused.Message);
        }
        catch (Exception failure) when (failure is ArgumentException or ArithmeticException or InvalidOperationException
            or InvalidDataException or IndexOutOfRangeException or NullReferenceException or KeyNotFoundException)
        {
            return new(failure.ToString());
        }
    }

    private static Outcome Compare(Case given, ulong seed)
    {
        if (seed % JsonEvery == 0 && given.Taken.Select(t => SurvivesJson(t.Plan)).FirstOrDefault(d => d is not null) is { } lost)
        {
            return new(lost);
        }

        var run = new EngineRun(given, new(Partitions: 1));
        var statements = run.Bill();
        var stages = OracleStages.Of(given);
        if (run.Reasons.Values.Count(r => r == InexactReason) is > 0 and var inexact)
        {
            return new(null, inexact);
        }

        var difference = statements.Select(s => DiffersPeriod(given, s)).FirstOrDefault(d => d is not null)
            ?? given.Events.Select(e => DiffersRefusal(given, stages, e, run.Reasons[e.Id])).FirstOrDefault(d => d is not null)
            ?? BillComparison.Find(given, stages, statements)
            ?? (seed % AgainEvery == 0 ? DiffersInOtherOrder(given, run, statements, seed) : null);
        return new(difference, Judged: statements.Sum(s => s.Lines.Length));
    }

    private static string? SurvivesJson(PlanDefinition plan)
    {
        var bytes = PlanJson.Serialize(plan);
        var parsed = PlanJson.Parse(bytes);
        return parsed.Plan is not null && PlanJson.Serialize(parsed.Plan).AsSpan().SequenceEqual(bytes)
            ? null
            : $"{Outcome.Invalid}it does not survive its JSON: {string.Join("; ", parsed.Errors)}";
    }

    private static string? DiffersPeriod(Case given, PeriodStatement statement)
    {
        var expected = given.Period(statement.Period);
        var days = new BillingCalendar(given.Zone, given.Anchor, given.Plan.Cycle).Period(statement.Period).Days;
        return (statement.PeriodStart, statement.PeriodEnd, days) == (expected.Start, expected.End, expected.Days)
            ? null
            : $"Period {statement.Period}: engine {statement.PeriodStart} to {statement.PeriodEnd}, oracle {expected}";
    }

    private static string? DiffersRefusal(Case given, IReadOnlyList<OracleStage> stages, OracleEvent e, string? reason)
    {
        var expected = OracleRefusals.Of(given, stages, e);
        return (reason is null ? expected.Count == 0 : expected.Contains(reason))
            ? null
            : $"{e}: engine {reason}, oracle {string.Join(" or ", expected)}";
    }

    /// <summary>The very same bytes, whatever the order, the batches, the repetitions, the partitions, restarts; and of the audit.</summary>
    private static string? DiffersInOtherOrder(Case given, EngineRun run, IReadOnlyList<PeriodStatement> statements, ulong order)
    {
        var again = new EngineRun(given, new(Partitions: 3, order, IsAudited: true, Restarts: order % (2 * AgainEvery) == 0));
        var others = again.Bill();
        if (again.Reasons.ContainsValue(InexactReason))
        {
            return null; // What no decimal holds in some order is not judged.
        }

        foreach (var (one, other) in statements.Zip(others))
        {
            if (BillText.Of(one.Lines) is var text && text != BillText.Of(other.Lines))
            {
                return $"period {one.Period} depends on order, batches or partitions: {text} and {BillText.Of(other.Lines)}";
            }
        }

        return given.Events.Where(e => again.Reasons[e.Id] != run.Reasons[e.Id])
                .Select(e => $"{e}: {run.Reasons[e.Id]}, in another order {again.Reasons[e.Id]}").FirstOrDefault()
            ?? (again.Findings.Count > 0 ? "audit: " + string.Join("; ", again.Findings) : null);
    }
}
