namespace OrleansBilling.Core.Pricing;

/// <summary>Every single price of a charge, with where it stands in the charge's JSON.</summary>
internal static class ChargePrices
{
    /// <summary>Of its price or its windows; a matrix itself, then its rows. Schedules have no price of a model.</summary>
    internal static IEnumerable<(PriceDefinition Price, string At)> Of(ChargeDefinition charge, string at) =>
        Outer(charge, at).SelectMany(p => Rows(p.Price, p.At).Prepend(p));

    /// <summary>The price, or that of each window.</summary>
    internal static IEnumerable<(PriceDefinition Price, string At)> Outer(ChargeDefinition charge, string at)
    {
        if (charge.Price is { } single)
        {
            yield return (single, at);
        }

        if (charge.TimeOfUse is not { } timeOfUse)
        {
            yield break;
        }

        for (var i = 0; i < timeOfUse.Windows.Count; i++)
        {
            yield return (timeOfUse.Windows[i].Price, $"{at}/timeOfUse/windows/{i}");
        }

        if (timeOfUse.Otherwise is { } otherwise)
        {
            yield return (otherwise.Price, $"{at}/timeOfUse/otherwise");
        }
    }

    private static IEnumerable<(PriceDefinition Price, string At)> Rows(PriceDefinition price, string at)
    {
        if (price.Matrix is not { } matrix)
        {
            yield break;
        }

        for (var i = 0; i < matrix.Rows.Count; i++)
        {
            yield return (matrix.Rows[i].Price, $"{at}/matrix/rows/{i}");
        }

        if (matrix.Otherwise is { } otherwise)
        {
            yield return (otherwise.Price, $"{at}/matrix/otherwise");
        }
    }
}
