using NodaTime;
using OrleansBilling.Contracts.Invoicing;
using OrleansBilling.Contracts.Partitions;
using OrleansBilling.Contracts.Tenants;
using OrleansBilling.Gateway.Auth;
using OrleansBilling.Gateway.Invoices;
using OrleansBilling.Gateway.Requests;
using OrleansBilling.Gateway.Usage;

namespace OrleansBilling.Gateway.Api;

/// <summary>How far billing is, and what waits for somebody.</summary>
internal static class BillRunEndpoints
{
    private static readonly Duration DefaultSpan = Duration.FromDays(31);
    private static readonly Duration MostSpan = Duration.FromDays(366);

    public static async Task<IResult> ReportAsync(HttpContext context, IGrainFactory grains, PartitionRouter router)
    {
        var (from, to, now) = await SpanAsync(context, grains);
        var query = new BillRunQuery(context.Tenant(), from, to);
        var parts = await Task.WhenAll((await router.AllAsync()).Select(p => AskAsync(p, query))).WaitAsync(context.RequestAborted);
        return ApiJson.Ok(BillRunAnswer.Of(from, to, now, parts));
    }

    public static async Task<IResult> HeldAsync(HttpContext context, IGrainFactory grains, PartitionRouter router)
    {
        var (from, to, _) = await SpanAsync(context, grains);
        return new HeldDraftsResult(new(context.Tenant(), Query.Text(context, "hold"), from, to, IsHeld: true, null, 0), await router.AllAsync());
    }

    /// <summary>Null where the partition cannot answer: a report of the rest is better than none.</summary>
    private static async Task<BillRunPart?> AskAsync(IPartitionGrain partition, BillRunQuery query)
    {
        try
        {
            return await partition.BillRun(query);
        }
        catch (Exception e) when (e is PartitionUnavailableException or TimeoutException or SiloUnavailableException or OrleansMessageRejectionException)
        {
            return null;
        }
    }

    private static async Task<(Instant From, Instant To, Instant Now)> SpanAsync(HttpContext context, IGrainFactory grains)
    {
        var now = (await grains.GetGrain<ITenantClockGrain>(context.Tenant()).Read()).Now;
        var to = Query.Time(context, "to") ?? now + Duration.Epsilon;
        var from = Query.Time(context, "from") ?? to - DefaultSpan;
        return from < to && to - from <= MostSpan
            ? (from, to, now)
            : throw Query.Fault("from", "'from' is before 'to', by at most 366 days.");
    }
}
