using OrleansBilling.Oracle.Generation;

namespace OrleansBilling.Oracle.Pricing;

/// <summary>Which usage has no price, so that it is kept back as a whole. Codes: docs/pricing.md.</summary>
internal static class OracleRefusals
{
    /// <summary>Every reason; any of them may be given.</summary>
    internal static IReadOnlyList<string> Of(Case given, OracleEvent e)
    {
        var reasons = new List<string>();
        foreach (var charge in given.Plan.Charges.Where(c => c.Meter == e.Meter && c.Where.All(e.Fits)))
        {
            var price = given.PriceAt(charge, e.Time);
            if (price is null)
            {
                reasons.Add("rating.no_price_at_time");
            }
            else if (price.Matrix is { } matrix && OracleMatrix.Find(matrix, e) is null)
            {
                reasons.Add("rating.no_price_for_dimensions");
            }
        }

        return reasons;
    }
}
