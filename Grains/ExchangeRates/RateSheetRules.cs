using OrleansBilling.Contracts.ExchangeRates;
using OrleansBilling.Core.Amounts;
using OrleansBilling.Core.ExchangeRates;

namespace OrleansBilling.Grains.ExchangeRates;

/// <summary>What of a sheet is new.</summary>
internal static class RateSheetRules
{
    /// <exception cref="ArgumentException">It is no such sheet: callers check what their callers give.</exception>
    public static void Check(RateSheet sheet)
    {
        var isSheet = RateSources.IsName(sheet.Source) && Currency.TryParse(sheet.Base, out _)
            && sheet.Days.Length is > 0 and <= RateSheet.MaxDays && sheet.Currencies.Length is > 0 and <= RateSheet.MaxCurrencies
            && Array.TrueForAll(sheet.Currencies, c => c != sheet.Base && Currency.TryParse(c, out _))
            && sheet.Currencies.Distinct().Count() == sheet.Currencies.Length
            && Array.TrueForAll(sheet.Days, d => d.Rates.Length == sheet.Currencies.Length
                && Array.TrueForAll(d.Rates, r => r is not { } rate || PackedRate.IsValid(rate)))
            && sheet.Days.Zip(sheet.Days.Skip(1)).All(pair => pair.First.Date < pair.Second.Date);
        if (!isSheet)
        {
            throw new ArgumentException($"The sheet of '{sheet.Source}' against {sheet.Base} has columns or days that are none.", nameof(sheet));
        }
    }

    /// <returns>What has to be stored, null for nothing, and the answer.</returns>
    public static (RateSheet? New, RateSheetResult Result) Decide(RateTable table, RateSheet sheet, bool replace)
    {
        var counts = new int[sheet.Currencies.Length, 4];
        var refused = new List<RefusedRate>();
        var days = new List<RateDay>();
        foreach (var day in sheet.Days)
        {
            var kept = new decimal?[day.Rates.Length];
            for (var i = 0; i < kept.Length; i++)
            {
                if (day.Rates[i] is not { } rate)
                {
                    continue;
                }
                var given = new DatedRate(sheet.Source, sheet.Base, sheet.Currencies[i], day.Date, rate);
                var known = table.Find(sheet.Source, sheet.Base, sheet.Currencies[i], day.Date);
                var kind = known is null ? Added : known == rate ? Unchanged : replace ? Replaced : Refused;
                counts[i, kind]++;
                if (kind == Refused)
                {
                    refused.Add(new(given, known!.Value));
                }
                kept[i] = kind is Added or Replaced ? rate : null;
            }
            if (Array.Exists(kept, r => r is not null))
            {
                days.Add(new(day.Date, kept));
            }
        }
        var added = Enumerable.Range(0, sheet.Currencies.Length).Sum(i => counts[i, Added]);
        return added > 0 && table.Count + added > RateTable.MaxRates
            ? (null, new([], [], [new("exchange_rate.too_many", $"A tenant keeps at most {RateTable.MaxRates} rates.")]))
            : (days.Count == 0 ? null : sheet with { Days = [.. days] }, new(
                [.. sheet.Currencies.Select((c, i) => new RateCounts(c, counts[i, Added], counts[i, Replaced], counts[i, Unchanged], counts[i, Refused]))],
                [.. refused], []));
    }

    private const int Added = 0;
    private const int Replaced = 1;
    private const int Unchanged = 2;
    private const int Refused = 3;
}
