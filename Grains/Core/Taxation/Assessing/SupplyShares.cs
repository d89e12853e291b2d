using NodaTime;
using OrleansBilling.Core.Amounts;

namespace OrleansBilling.Core.Taxation.Assessing;

/// <summary>Sharing out an amount over the parts of a supply.</summary>
internal static class SupplyShares
{
    /// <summary>By whole months where the supply and all its parts consist of such (a year is four equal quarters, as the Swiss
    /// administration's example says), else by days. Largest remainder; nothing is lost.</summary>
    internal static IReadOnlyList<Money> Allocate(Money amount, SupplyPeriod supply, IReadOnlyList<SupplyPeriod> parts)
    {
        if (parts.Count == 1)
        {
            return [amount];
        }
        var bounds = parts.Select(part => Months(supply.First, part.Last.PlusDays(1))).ToList();
        return bounds.TrueForAll(months => months is not null)
            ? amount.Allocate([.. bounds.Select((months, i) => (long)(months!.Value - (i == 0 ? 0 : bounds[i - 1]!.Value)))])
            : amount.Allocate([.. parts.Select(part => (long)part.Days)]);
    }

    private static int? Months(LocalDate from, LocalDate to)
    {
        var months = Period.Between(from, to, PeriodUnits.Months).Months;
        return from.PlusMonths(months) == to ? months : null;
    }
}
