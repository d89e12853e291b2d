using System.Numerics;
using OrleansBilling.Core.Pricing;
using OrleansBilling.Oracle.Arithmetic;

namespace OrleansBilling.Oracle.Pricing;

/// <summary>The plan's minimum, its maximum, then its discounts in their order, from the rounded lines of the charges. Rules:
/// "The whole bill" of docs/pricing.md, ADR 0016.</summary>
internal sealed class OracleTerms
{
    private readonly OraclePart _part;
    private readonly Dictionary<string, BigInteger> _left;
    private readonly List<OracleLine> _lines = [];

    private OracleTerms(OraclePart part, Dictionary<string, BigInteger> charges)
    {
        (_part, _left) = (part, charges);
    }

    /// <param name="charges">Minor units of the charges' lines, by id.</param>
    /// <returns>Only lines that change something.</returns>
    internal static IReadOnlyList<OracleLine> Of(OraclePart part, Dictionary<string, BigInteger> charges)
    {
        var terms = new OracleTerms(part, new(charges));
        terms.Add(part.Plan);
        return terms._lines;
    }

    private void Add(PlanDefinition plan)
    {
        if (plan.Minimum is { } least && _part.IsActive && _part.Stage.Trial is null)
        {
            var missing = (least.Prorate ? _part.Share * least.Amount : least.Amount) - Sum();
            Add(CommitmentDefinition.MinimumId, Rational.Max(0, missing));
        }

        if (plan.Maximum is { } most)
        {
            var beyond = Sum() - (most.Prorate ? _part.Share * most.Amount : most.Amount);
            Add(CommitmentDefinition.MaximumId, 0 - Rational.Max(0, beyond));
        }

        foreach (var discount in plan.Discounts.Where(d => d.Periods is not { } n || PeriodsBefore(d) < n))
        {
            Take(discount);
        }
    }

    /// <summary>Of what was agreed they are counted from the period in which that began.</summary>
    private int PeriodsBefore(DiscountDefinition discount) =>
        _part.Period.Index - (_part.Stage.Agreed.Contains(discount.Id) ? _part.Stage.AgreedFrom : _part.Given.FirstPeriod);

    private void Take(DiscountDefinition discount)
    {
        string[] ids = [.. discount.Charges.Count == 0 ? _left.Keys : discount.Charges.Where(_left.ContainsKey)];
        var left = ids.Aggregate(BigInteger.Zero, (sum, id) => sum + _left[id]);
        var limit = BigInteger.Max(0, BigInteger.Min(left, _left.Values.Aggregate(BigInteger.Zero, (a, b) => a + b)));
        var wanted = discount.Amount is { } amount
            ? amount * (_part.IsAlone ? 1 : _part.Share)
            : new Rational(BigInteger.Max(0, left), 1) / OracleMoney.MinorUnits(_part.Plan.Currency) * discount.Percent!.Value / 100;
        var minor = BigInteger.Min(limit, OracleMoney.Round(_part.Plan, wanted));
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

    private Rational Major(BigInteger minor) => new Rational(minor, 1) / OracleMoney.MinorUnits(_part.Plan.Currency);

    private void Add(string id, Rational exact)
    {
        var minor = OracleMoney.Round(_part.Plan, exact);
        if (!minor.IsZero)
        {
            _left[id] = minor;
            _lines.Add(new(id, 1, exact, minor));
        }
    }
}
