using OrleansBilling.Core.Pricing;
using OrleansBilling.Oracle.Arithmetic;

namespace OrleansBilling.Oracle.Pricing;

/// <summary>What pools carry from one period, or plan's part of it, to the next. Rules: "Roll-over" of docs/pricing.md.</summary>
internal sealed class OracleCarried
{
    internal static readonly OracleCarried None = new([]);

    private readonly Dictionary<(string Charge, string Allowance), List<(int Period, Rational Quantity)>> _quantities;

    private OracleCarried(Dictionary<(string Charge, string Allowance), List<(int Period, Rational Quantity)>> quantities)
    {
        _quantities = quantities;
    }

    /// <summary>By the period that it was left of, the oldest first.</summary>
    internal IReadOnlyList<(int Period, Rational Quantity)> Of(string charge, string allowance) =>
        _quantities.GetValueOrDefault((charge, allowance)) ?? [];

    /// <summary>What is carried out of a part into a part of a later period, or of the same one where the plan changes.</summary>
    /// <param name="events">On time alone for what a later period gets: late usage changes nothing there.</param>
    internal static OracleCarried Out(OraclePart part, OraclePart next, IReadOnlyList<OracleEvent> events, OracleCarried carried)
    {
        var kept = new Dictionary<(string, string), List<(int, Rational)>>();
        foreach (var charge in part.Plan.Charges.Where(c => c.Allowances.Any(a => a.RollOver is not null)))
        {
            var mine = events.Where(e => e.Meter == charge.Meter && charge.Where.All(e.Fits)).ToList();
            var meter = part.Given.Meters[charge.Meter!];
            var ratio = OracleUnits.Ratio(meter.Unit, charge.Unit);
            foreach (var (allowance, own, left) in OracleAllowances.Price(part, charge, meter, ratio, mine, carried).Left)
            {
                if (allowance.RollOver is { } rollOver && ComesAlong(part, next, charge, allowance, rollOver))
                {
                    kept[(charge.Id, allowance.Id)] = Kept(rollOver, own, left, part.Period.Index, next.Period.Index);
                }
            }
        }

        return new(kept);
    }

    private static bool ComesAlong(
        OraclePart part, OraclePart next, ChargeDefinition charge, ChargeAllowance allowance, RollOverDefinition rollOver) =>
        part.Stage == next.Stage || (rollOver.SurvivesPlanChange
            && next.Plan.Charges.SingleOrDefault(c => c.Id == charge.Id) is { } same
            && same.Allowances.Any(a => a.Id == allowance.Id && a.Kind is AllowanceKind.Flex or AllowanceKind.Fixed && a.Id == allowance.Id)
            && same.Meter is not null && same.Of == charge.Of && part.Given.Meters[same.Meter].Unit == part.Given.Meters[charge.Meter!].Unit
            && (same.Unit ?? part.Given.Meters[same.Meter].Unit) == (charge.Unit ?? part.Given.Meters[charge.Meter!].Unit));

    private static List<(int, Rational)> Kept(
        RollOverDefinition rollOver, Rational own, IReadOnlyList<(int Period, Rational Quantity)> left, int period, int next)
    {
        var kept = left.Where(c => next - c.Period <= rollOver.Periods).ToList();
        var share = own * rollOver.Percent / 100;
        var missing = (rollOver.Minimum ?? 0m) - Sum(kept) - share;
        kept.Add((period, rollOver.Minimum is null ? share : share + Rational.Max(0, missing)));
        while (rollOver.Maximum is { } most && Sum(kept) > most)
        {
            var (oldest, quantity) = kept[0];
            var rest = quantity - (Sum(kept) - most);
            kept.RemoveAt(0);
            if (rest > 0)
            {
                kept.Insert(0, (oldest, rest));
            }
        }

        return [.. kept.Where(c => !c.Item2.IsZero)];
    }

    private static Rational Sum(IEnumerable<(int, Rational Quantity)> parts) =>
        parts.Aggregate((Rational)0, (sum, part) => sum + part.Quantity);
}
