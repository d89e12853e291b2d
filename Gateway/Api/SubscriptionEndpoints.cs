using OrleansBilling.Contracts.Common;
using OrleansBilling.Contracts.Subscriptions;
using OrleansBilling.Core.Allowances;
using OrleansBilling.Gateway.Auth;
using OrleansBilling.Gateway.Problems;
using OrleansBilling.Gateway.Requests;
using OrleansBilling.Gateway.Usage;

namespace OrleansBilling.Gateway.Api;

/// <summary>Subscriptions.</summary>
internal static class SubscriptionEndpoints
{
    public static async Task<IResult> CreateAsync(HttpContext context, IGrainFactory grains)
    {
        var body = await JsonBody.ReadAsync<SubscriptionBody>(context);
        var spec = new SubscriptionSpec(body.Id, body.Customer, body.Plan, body.PlanVersion, body.Start, body.End,
            body.TimeZone, body.AnchorDate, OverridesBody.Of(body.Overrides), body.Trial);
        return CommandAnswer.Of(
            await Subscription(context, grains, body.Id).Create(spec), Locations.Of("subscriptions", body.Id));
    }

    public static async Task<IResult> GetAsync(HttpContext context, IGrainFactory grains)
    {
        var id = context.PathId("subscription");
        return await Subscription(context, grains, id).Get() is { } subscription
            ? ApiJson.Entity(subscription)
            : new ProblemResult(Problem.NotFound("subscription", id));
    }

    public static Task<IResult> ListAsync(HttpContext context, PartitionRouter router) =>
        Listing.MergeAsync(
            context,
            router,
            (partition, tenant, after, limit) => partition.Subscriptions(tenant, after, limit),
            subscription => subscription.Id);

    /// <summary>A pool with a page of its devices; the shares are those of all of them.</summary>
    public static async Task<IResult> PoolAsync(HttpContext context, IGrainFactory grains)
    {
        var (id, charge) = (context.PathId("subscription"), (string)context.Request.RouteValues["charge"]!);
        var (limit, after, at) = (Query.Limit(context), Query.After(context), Query.Time(context, "at"));
        var split = Query.Text(context, "split") switch
        {
            null or "excess" => PoolSplit.Excess,
            "usage" => PoolSplit.Usage,
            _ => throw Query.Fault("split", "'split' is 'excess' or 'usage'."),
        };
        var result = await Subscription(context, grains, id).Pool(charge, at, split).WaitAsync(context.RequestAborted);
        return CommandAnswer.Of(result, Locations.Of("subscriptions", id), pool => PoolAnswer.Of(pool, after, limit));
    }

    internal static ISubscriptionGrain Subscription(HttpContext context, IGrainFactory grains, string id) =>
        grains.GetGrain<ISubscriptionGrain>(EntityKey.Of(context.Tenant(), id));
}
