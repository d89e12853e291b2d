using NodaTime.Text;
using Orleans.Concurrency;
using OrleansBilling.Contracts.ExchangeRates;
using OrleansBilling.Contracts.Partitions;
using OrleansBilling.Core.ExchangeRates;
using OrleansBilling.Grains.Partitions;
using OrleansBilling.Grains.Records;

namespace OrleansBilling.Grains.ExchangeRates;

/// <summary>Shell around one tenant's <see cref="RateTable"/>.</summary>
[Reentrant, GrainType("exchange-rates"), PartitionPlacement]
internal sealed class ExchangeRatesGrain(PartitionHost host) : EntityGrain(host, EntityKind.ExchangeRates), IExchangeRatesGrain
{
    private const int MaxPage = 1_001;

    public async Task<RateSheetResult> Take(RateSheet sheet, bool replace)
    {
        RateSheetRules.Check(sheet);
        return await (await Home()).DoDurably(t =>
        {
            _ = TenantOf(t, Key.Tenant);
            var decision = RateSheetRules.Decide(t.State.Rates(Key.Tenant), sheet, replace);
            if (decision.New is { } news)
            {
                t.Append(new ExchangeRatesSet(Key.Tenant, news));
            }
            return decision.Result;
        });
    }

    public async Task IssueWaiting()
    {
        var count = (await Home()).PartitionCount;
        await Task.WhenAll(Enumerable.Range(0, count).Select(p => GrainFactory.GetGrain<IPartitionGrain>(p).CloseDue(Key.Tenant)));
    }

    public async Task<ExchangeRate?[]> Find(RateNeed[] needs) => await (await Home()).DoDurably(t =>
    {
        var rates = t.State.Rates(Key.Tenant);
        return Array.ConvertAll(needs, rates.Find);
    });

    public async Task<DatedRate[]> List(RateQuery query) => await (await Home()).DoDurably(t => t.State.Rates(Key.Tenant)
        .List(query.Source, query.Currency, LocalDatePattern.Iso.Parse(query.First).Value, LocalDatePattern.Iso.Parse(query.Last).Value, query.After)
        .Take(Math.Clamp(query.Limit, 1, MaxPage)).ToArray());
}
