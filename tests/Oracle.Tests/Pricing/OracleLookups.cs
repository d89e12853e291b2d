using OrleansBilling.Core.Pricing;

namespace OrleansBilling.Oracle.Pricing;

/// <summary>What charges see of an event. Rules: "Look-up tables" of docs/pricing.md.</summary>
internal static class OracleLookups
{
    internal static OracleEvent Apply(PlanDefinition plan, OracleEvent e)
    {
        var seen = new Dictionary<string, string>(e.Sent);
        foreach (var table in plan.Lookups.Where(t => seen.ContainsKey(t.From)))
        {
            var value = seen[table.From];
            var keys = table.Values.Where(v => table.Match == LookupMatch.Exact
                ? v.Key == value
                : value.StartsWith(v.Key, StringComparison.Ordinal)).ToArray();
            if (keys.Length > 0 || table.Otherwise is not null)
            {
                seen[table.Dimension] = keys.Length > 0 ? keys.MaxBy(k => k.Key.Length).Value : table.Otherwise!;
            }
        }

        return e with { Dimensions = seen };
    }
}
