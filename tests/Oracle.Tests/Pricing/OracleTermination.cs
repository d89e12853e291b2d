using System.Numerics;
using NodaTime;
using OrleansBilling.Contracts.Partitions;
using OrleansBilling.Core.Invoicing;
using OrleansBilling.Core.Pricing;
using OrleansBilling.Oracle.Arithmetic;
using OrleansBilling.Oracle.Generation;
using OrleansBilling.Oracle.Running;

namespace OrleansBilling.Oracle.Pricing;

/// <summary>What leaving before the end of a term costs. Rules: "Trial, phases and term" of docs/pricing.md.</summary>
internal static class OracleTermination
{
    /// <summary>Says so where the engine's line is another; takes it from the lines.</summary>
    internal static string? Differs(
        Case given, IReadOnlyList<OracleStage> stages, PeriodStatement statement, List<InvoiceLine> own)
    {
        var line = own.SingleOrDefault(l => l.ChargeId == TerminationFeeDefinition.Id);
        own.RemoveAll(l => l == line);
        var expected = given.End > statement.PeriodStart && given.End <= statement.PeriodEnd && given.IsCancelled
            ? Fee(given, stages)
            : BigInteger.Zero;
        return (line?.Amount.MinorUnits ?? 0) == expected ? null : $"early termination: engine {line}, oracle {expected}";
    }

    private static BigInteger Fee(Case given, IReadOnlyList<OracleStage> stages)
    {
        var taken = given.Taken.Last(t => t.From < given.End);
        if (taken.Plan.Term is not { EarlyTerminationFee: { } fee } term || OverAt(given, stages, taken, term) is not { } over || over <= given.End)
        {
            return BigInteger.Zero;
        }

        return OracleMoney.Round(taken.Plan, fee.Amount ?? (Remaining(given, taken, over) * fee.Percent!.Value / 100));
    }

    /// <summary>The end of the present term; null in the trial, and when the last term is over.</summary>
    private static Instant? OverAt(Case given, IReadOnlyList<OracleStage> stages, PlanTaken taken, TermDefinition term)
    {
        var last = stages[^1];
        if (last.Trial is not null)
        {
            return null;
        }

        var begin = stages.Where(s => s.From >= taken.From).First(s => s.Trial is null).From;
        var first = given.IndexAt(begin);
        var end = given.Period(first + term.Periods).Start;
        for (var next = first + (2 * term.Periods); term.Renew && end < given.End; next += term.Periods)
        {
            end = given.Period(next).Start;
        }

        return end;
    }

    /// <summary>The recurring fees that invoices would have had from the end on, each rounded as there.</summary>
    private static Rational Remaining(Case given, PlanTaken taken, Instant over)
    {
        var longer = given with { End = Instant.MaxValue, Pauses = [], Devices = [] };
        var stages = OracleStages.Of(longer).Select(s => s with { From = s.From > given.End ? s.From : given.End })
            .Where(s => s.From < s.To && s.From < over).ToList();
        Rational sum = 0;
        for (var index = given.IndexAt(given.End); given.Period(index).Start < over; index++)
        {
            var earlier = new Recurring();
            foreach (var part in OraclePart.Of(longer, stages, given.Period(index)))
            {
                foreach (var charge in part.Plan.Charges.Where(c => c is { Kind: ChargeKind.Recurring, IsPerDevice: false }))
                {
                    var line = OracleBill.Price(part, charge, [], [], OracleCarried.None);
                    line = earlier.Add(part, line, line.MinorUnits);
                    sum += new Rational(line.MinorUnits, 1) / OracleMoney.MinorUnits(taken.Plan.Currency);
                }
            }
        }

        return sum;
    }
}
