using OrleansBilling.Core.Pricing;

namespace OrleansBilling.Oracle.Generation;

/// <summary>All prices of a charge: its own, those of windows, and those of rows.</summary>
internal static class ChargePrices
{
    /// <summary>A matrix comes before its rows.</summary>
    internal static IEnumerable<PriceDefinition> Prices(this ChargeDefinition charge) =>
        new[] { charge.Price, charge.TimeOfUse?.Otherwise?.Price }
            .Concat(charge.TimeOfUse?.Windows.Select(w => w.Price) ?? []).OfType<PriceDefinition>()
            .SelectMany(p => p.Matrix is { } matrix
                ? matrix.Rows.Select(r => r.Price).Concat(matrix.Otherwise is { } rest ? [rest.Price] : []).Prepend(p)
                : [p]);
}
