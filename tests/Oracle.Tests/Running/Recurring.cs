using System.Numerics;
using OrleansBilling.Oracle.Arithmetic;
using OrleansBilling.Oracle.Pricing;

namespace OrleansBilling.Oracle.Running;

/// <summary>Recurring charges with the same id in the parts of a period are rounded as one amount. Rules: "Changes of plan" of
/// docs/pricing.md.</summary>
internal sealed class Recurring
{
    private readonly Dictionary<string, (Rational Exact, BigInteger Minor)> _earlier = [];

    /// <summary>The line of the next part.</summary>
    /// <param name="billed">What the engine bills: the next part goes on from there where only infinite digits tell.</param>
    internal OracleLine Add(OraclePart part, OracleLine line, BigInteger billed)
    {
        if (!line.IsDue)
        {
            return line;
        }

        var known = _earlier.TryGetValue(line.Id, out var before);
        var sum = known ? before.Exact + line.Exact : line.Exact;
        _earlier[line.Id] = (sum, before.Minor + billed);
        return known ? line with { MinorUnits = OracleMoney.Round(part.Plan, sum) - before.Minor, Edge = sum } : line;
    }
}
