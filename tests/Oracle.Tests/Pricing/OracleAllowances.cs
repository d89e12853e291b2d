using OrleansBilling.Core.Pricing;
using OrleansBilling.Core.Usage;
using OrleansBilling.Oracle.Arithmetic;

namespace OrleansBilling.Oracle.Pricing;

/// <summary>Shares usage out among the allowances of a charge, device by device. Rules: "Several allowances" of docs/pricing.md,
/// ADR 0022.</summary>
internal sealed class OracleAllowances
{
    private readonly OraclePart _part;
    private readonly ChargeDefinition _charge;
    private readonly OracleCarried _carried;
    private readonly List<ChargeAllowance> _order;
    private readonly List<(ChargeAllowance, Rational Own, IReadOnlyList<(int Period, Rational Quantity)> Carried)> _left = [];

    /// <summary>What is not covered: by device and by the events' row and scopes.</summary>
    private readonly List<Part> _parts;

    private OracleAllowances(OraclePart part, ChargeDefinition charge, OracleCarried carried, List<Part> parts)
    {
        (_part, _charge, _carried, _parts) = (part, charge, carried, parts);
        _order =
        [
            .. charge.Allowances.OrderBy(a => a.Kind).ThenBy(a => a.Priority).ThenByDescending(a => a.Where.Count)
                .ThenBy(a => a.Where.Sum(w => w.Values.Count)),
        ];
    }

    /// <returns>What was used, what it costs, and what each pool has left: of its own and of what was carried.</returns>
    internal static (Rational Quantity, Rational Amount,
        IReadOnlyList<(ChargeAllowance Allowance, Rational Own, IReadOnlyList<(int Period, Rational Quantity)> Carried)> Left) Price(
        OraclePart part, ChargeDefinition charge, MeterDefinition meter, Rational ratio, IReadOnlyList<OracleEvent> events,
        OracleCarried carried)
    {
        var parts = events.GroupBy(e => (e.Device, Row: Row(charge, e), Scopes: Scopes(charge, e)))
            .Select(g => new Part(g.Key.Device, g.Key.Row, g.Key.Scopes, OracleQuantity.Of(charge, meter, ratio, [.. g]).Quantity)).ToList();
        var used = parts.GroupBy(p => p.Row).ToDictionary(g => g.Key, g => Sum(g));
        var sharing = new OracleAllowances(part, charge, carried, parts);
        var amount = parts.GroupBy(p => p.Row).Aggregate(sharing.Cover(), (sum, row) =>
        {
            var price = charge.Price!.Matrix is { } matrix ? OracleMatrix.Price(matrix, row.Key) : charge.Price;
            return sum + (used[row.Key].IsZero
                ? OraclePrices.OfUsed(price, OracleUse.None, part.Period.Days)
                : OraclePrices.Of(price, new(Sum(row), []), part.Period.Days));
        });
        return (used.Values.Aggregate((Rational)0, (sum, u) => sum + u), amount, sharing._left);
    }

    /// <summary>Gives what the blocks cost.</summary>
    private Rational Cover()
    {
        Rational bought = 0;
        var limited = false;
        foreach (var (allowance, i) in _order.Select((allowance, i) => (allowance, i)))
        {
            if (!limited && allowance.Kind != AllowanceKind.Device)
            {
                SetAside();
                limited = true;
            }

            switch (allowance.Kind)
            {
                case AllowanceKind.Device:
                    foreach (var device in _parts.Select(p => p.Device).Distinct().ToArray())
                    {
                        Take(_parts.Where(p => p.Device == device), allowance, i, Days(device, allowance) * allowance.Quantity / _part.Period.Days);
                    }

                    break;
                case AllowanceKind.Flex:
                    var days = _part.Given.Devices.Aggregate((Rational)0, (sum, d) => sum + Days(d.Id, allowance));
                    TakePool(allowance, i, days * allowance.Quantity / _part.Period.Days);
                    break;
                case AllowanceKind.Fixed:
                    // Pools go on over a pause, whole: only the days of the plan count.
                    TakePool(allowance, i, allowance.Prorate
                        ? (Rational)allowance.Quantity * _part.Days / _part.Period.Days
                        : allowance.Quantity);
                    break;
                default:
                    var wanted = Sum(_parts.Where(p => Fits(p, allowance)), part => part.Pooled);
                    var blocks = new Rational((wanted / allowance.Quantity).Ceiling(), 1);
                    blocks = allowance.MaxBlocks is { } most ? Rational.Min(blocks, most) : blocks;
                    Take(_parts, allowance, i, blocks * allowance.Quantity);
                    bought += blocks * allowance.Price!.Value;
                    break;
            }
        }

        return bought;
    }

    /// <summary>What was carried is used first, the oldest before the rest.</summary>
    private void TakePool(ChargeAllowance allowance, int place, Rational own)
    {
        var carried = _carried.Of(_charge.Id, allowance.Id);
        var taken = Take(_parts, allowance, place, carried.Aggregate(own, (sum, c) => sum + c.Quantity));
        var left = new List<(int, Rational)>();
        foreach (var (period, quantity) in carried)
        {
            var of = Rational.Min(taken, quantity);
            taken -= of;
            left.Add((period, quantity - of));
        }

        _left.Add((allowance, own - taken, left));
    }

    /// <summary>Of each device, what is beyond its limit of the pools takes no part in them.</summary>
    private void SetAside()
    {
        foreach (var device in _charge.PoolLimitPerDevice is null ? [] : _parts.GroupBy(p => p.Device))
        {
            Rational room = _charge.PoolLimitPerDevice!.Value;
            foreach (var part in InOrder(device, 0).Where(p => _order.Any(a => a.Kind != AllowanceKind.Device && Fits(p, a))))
            {
                var within = Rational.Min(room, part.Left);
                part.Aside = part.Left - within;
                room -= within;
            }
        }
    }

    private Rational Take(IEnumerable<Part> parts, ChargeAllowance allowance, int place, Rational quantity)
    {
        Rational all = 0;
        foreach (var part in InOrder(parts.Where(p => Fits(p, allowance)), place + 1))
        {
            var taken = Rational.Min(quantity, part.Pooled);
            part.Left -= taken;
            quantity -= taken;
            all += taken;
        }

        return all;
    }

    /// <summary>First what fewest of the allowances from a place on could take; own ones only before there is a pool.</summary>
    private List<Part> InOrder(IEnumerable<Part> parts, int from)
    {
        from = from == 0 ? _order.Count(a => a.Kind == AllowanceKind.Device) : from;
        return [.. parts.OrderBy(p => _order.Skip(from).Count(a => Fits(p, a))).ThenBy(p => p.Row).ThenBy(p => p.Scopes)];
    }

    private int Days(string device, ChargeAllowance allowance) => _part.Given.Devices.SingleOrDefault(d => d.Id == device) is { } known
        ? OraclePresence.DaysOfPool(_part, known, new(allowance.Quantity, allowance.Joiner, allowance.Leaver, allowance.States))
        : 0;

    private bool Fits(Part part, ChargeAllowance allowance) =>
        allowance.Where.Count == 0 || (part.Scopes & (1 << Different(_charge).IndexOf(Text(allowance)))) != 0;

    private static int Row(ChargeDefinition charge, OracleEvent e) =>
        charge.Price!.Matrix is { } matrix ? OracleMatrix.Find(matrix, e)!.Value : 0;

    private static int Scopes(ChargeDefinition charge, OracleEvent e) => Different(charge)
        .Select((text, i) => charge.Allowances.First(a => Text(a) == text).Where.All(e.Fits) ? 1 << i : 0).Sum();

    private static List<string> Different(ChargeDefinition charge) =>
        [.. charge.Allowances.Where(a => a.Where.Count > 0).Select(Text).Distinct()];

    private static string Text(ChargeAllowance allowance) =>
        string.Join('&', allowance.Where.Select(w => $"{w.Dimension}={string.Join('|', w.Values)}"));

    private static Rational Sum(IEnumerable<Part> parts, Func<Part, Rational>? what = null) =>
        parts.Aggregate((Rational)0, (sum, part) => sum + (what?.Invoke(part) ?? part.Left));

    private sealed class Part(string device, int row, int scopes, Rational left)
    {
        internal string Device { get; } = device;

        internal int Row { get; } = row;

        internal int Scopes { get; } = scopes;

        internal Rational Left { get; set; } = left;

        /// <summary>Of what is left: beyond the device's limit.</summary>
        internal Rational Aside { get; set; } = 0;

        internal Rational Pooled => Left - Aside;
    }
}
