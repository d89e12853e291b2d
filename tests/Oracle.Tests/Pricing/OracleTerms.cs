using System.Numerics;
using OrleansBilling.Core.Pricing;
using OrleansBilling.Oracle.Arithmetic;
using OrleansBilling.Oracle.Calendars;
using OrleansBilling.Oracle.Generation;

namespace OrleansBilling.Oracle.Pricing;

/// <summary>The plan's minimum, its maximum, then its discounts in their order, from the rounded lines of the charges. Rules:
/// "The whole bill" of docs/pricing.md, ADR 0016.</summary>
internal sealed class OracleTerms
{
    private readonly Case _given;
    private readonly OraclePeriod _period;
    private readonly Dictionary<string, BigInteger> _left;
    private readonly List<OracleLine> _lines = [];

    private OracleTerms(Case given, OraclePeriod period, Dictionary<string, BigInteger> charges)
    {
        (_given, _period, _left) = (given, period, charges);
    }

    /// <param name="charges">Minor units of the charges' lines, by id.</param>
    /// <returns>Only lines that change something.</returns>
    internal static IReadOnlyList<OracleLine> Of(Case given, OraclePeriod period, Dictionary<string, BigInteger> charges)
    {
        var terms = new OracleTerms(given, period, new(charges));
        if (given.Start < period.End && given.End > period.Start)
        {
            terms.Add(given.Plan);
        }

        return terms._lines;
    }

    private void Add(PlanDefinition plan)
    {
        var share = new Rational(_given.ActiveDays(_period), _period.Days);
        if (plan.Minimum is { } least)
        {
            var missing = (least.Prorate ? share * least.Amount : least.Amount) - Sum();
            Add(CommitmentDefinition.MinimumId, Rational.Max(0, missing));
        }

        if (plan.Maximum is { } most)
        {
            var beyond = Sum() - (most.Prorate ? share * most.Amount : most.Amount);
            Add(CommitmentDefinition.MaximumId, 0 - Rational.Max(0, beyond));
        }

        foreach (var discount in plan.Discounts.Where(d => d.Periods is not { } n || _period.Index - _given.FirstPeriod < n))
        {
            Take(discount);
        }
    }

    private void Take(DiscountDefinition discount)
    {
        string[] ids = [.. discount.Charges.Count == 0 ? _left.Keys : discount.Charges.Where(_left.ContainsKey)];
        var left = ids.Aggregate(BigInteger.Zero, (sum, id) => sum + _left[id]);
        var limit = BigInteger.Max(0, BigInteger.Min(left, _left.Values.Aggregate(BigInteger.Zero, (a, b) => a + b)));
        var wanted = discount.Amount is { } amount
            ? amount
            : new Rational(BigInteger.Max(0, left), 1) / OracleMoney.MinorUnits(_given.Plan.Currency) * discount.Percent!.Value / 100;
        var minor = BigInteger.Min(limit, OracleMoney.Round(_given.Plan, wanted));
        if (minor.Sign > 0)
        {
            _lines.Add(new(discount.Id, 1, 0 - Rational.Min(wanted, Major(limit)), -minor));
            ShareOut(ids, minor);
        }
    }

    /// <summary>Over the lines by what was left of them, by largest remainder; of equal ones the first.</summary>
    private void ShareOut(string[] ids, BigInteger taken)
    {
        string[] some = [.. ids.Where(id => _left[id].Sign > 0)];
        var parts = LargestRemainder.Split(taken, [.. some.Select(id => new Rational(_left[id], 1))]);
        for (var i = 0; i < some.Length; i++)
        {
            _left[some[i]] -= parts[i];
        }
    }

    private Rational Sum() => Major(_left.Values.Aggregate(BigInteger.Zero, (a, b) => a + b));

    private Rational Major(BigInteger minor) => new Rational(minor, 1) / OracleMoney.MinorUnits(_given.Plan.Currency);

    private void Add(string id, Rational exact)
    {
        var minor = OracleMoney.Round(_given.Plan, exact);
        if (!minor.IsZero)
        {
            _left[id] = minor;
            _lines.Add(new(id, 1, exact, minor));
        }
    }
}
