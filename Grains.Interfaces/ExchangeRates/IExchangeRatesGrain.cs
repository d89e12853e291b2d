using OrleansBilling.Contracts.Common;
using OrleansBilling.Core.ExchangeRates;

namespace OrleansBilling.Contracts.ExchangeRates;

/// <summary>Dated exchange rates of one tenant; the key is the tenant's id. See docs/adr/0042.</summary>
[GrainInterfaceType("billing.exchange-rates")]
public interface IExchangeRatesGrain : IGrainWithStringKey
{
    /// <summary>Takes the rates of a sheet, each by itself; durable when answered. Those that are known already change nothing; another
    /// rate for the same source, base, currency and date is refused, or with <paramref name="replace"/> takes the place of the one
    /// that is known.</summary>
    /// <exception cref="ArgumentException">The sheet is no such sheet.</exception>
    [Alias("take")]
    Task<RateSheetResult> Take(RateSheet sheet, bool replace);

    /// <summary>Issues what only waited for rates; answers when it is done.</summary>
    [Alias("issue-waiting")]
    [ResponseTimeout("00:30:00")]
    Task IssueWaiting();

    /// <summary>What amounts are converted with, in the order of the needs; null where no rate is known.</summary>
    [Alias("find")]
    Task<ExchangeRate?[]> Find(RateNeed[] needs);

    /// <summary>Rates by source, base, currency and date.</summary>
    [Alias("list")]
    Task<DatedRate[]> List(RateQuery query);
}

/// <summary>Which rates are listed.</summary>
/// <param name="Source">Only of this one; null for all.</param>
/// <param name="Currency">Only of this one; null for all.</param>
/// <param name="First">ISO date; from this day on.</param>
/// <param name="Last">ISO date; through this day.</param>
/// <param name="After">Begins behind this one; null for the first.</param>
[GenerateSerializer, Immutable, Alias("billing.rate-query")]
public sealed record RateQuery(
    [property: Id(0)] string? Source, [property: Id(1)] string? Currency, [property: Id(2)] string First, [property: Id(3)] string Last,
    [property: Id(4)] DatedRate? After, [property: Id(5)] int Limit);

/// <summary>What became of a sheet.</summary>
/// <param name="Counts">By currency.</param>
/// <param name="Refused">Rates that another one is known for, by date and currency.</param>
/// <param name="Faults">Why nothing of it was taken; empty when it was.</param>
[GenerateSerializer, Immutable, Alias("billing.rate-sheet-result")]
public sealed record RateSheetResult(
    [property: Id(0)] RateCounts[] Counts, [property: Id(1)] RefusedRate[] Refused, [property: Id(2)] CommandError[] Faults);

/// <summary>What became of the rates of a currency.</summary>
[GenerateSerializer, Immutable, Alias("billing.rate-counts")]
public sealed record RateCounts(
    [property: Id(0)] string Currency, [property: Id(1)] int Added, [property: Id(2)] int Replaced, [property: Id(3)] int Unchanged,
    [property: Id(4)] int Refused);

/// <summary>A rate that was not taken.</summary>
/// <param name="Given">As in the sheet.</param>
/// <param name="Known">The one that stays.</param>
[GenerateSerializer, Immutable, Alias("billing.refused-rate")]
public sealed record RefusedRate([property: Id(0)] DatedRate Given, [property: Id(1)] decimal Known);
