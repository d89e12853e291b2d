using OrleansBilling.Contracts.Subscriptions;
using OrleansBilling.Core.Balances;
using OrleansBilling.Gateway.Problems;
using OrleansBilling.Gateway.Requests;

namespace OrleansBilling.Gateway.Api;

/// <summary>Quantities bought for charges of a subscription.</summary>
internal static class PackEndpoints
{
    public static async Task<IResult> GrantAsync(HttpContext context, IGrainFactory grains)
    {
        var id = context.PathId("subscription");
        var body = await JsonBody.ReadAsync<PackBody>(context);
        var spec = new PackSpec(
            body.Id, body.Charge, body.Quantity, body.Unit, body.Kind is { } kind ? WalletEndpoints.KindOf(kind) : CreditKind.Paid,
            body.Priority ?? PackSpec.DefaultPriority, body.Periods, body.CarryOver, body.Reference);
        return CommandAnswer.Of(
            await SubscriptionEndpoints.Subscription(context, grains, id).GrantPack(spec), $"{Locations.Of("subscriptions", id)}/packs");
    }

    public static async Task<IResult> ListAsync(HttpContext context, IGrainFactory grains)
    {
        var id = context.PathId("subscription");
        return await SubscriptionEndpoints.Subscription(context, grains, id).Packs() is { } packs
            ? ApiJson.Ok(new PageAnswer<PackView>(packs, null))
            : new ProblemResult(Problem.NotFound("subscription", id));
    }
}
