using OrleansBilling.Contracts.Common;
using OrleansBilling.Contracts.Devices;
using OrleansBilling.Contracts.Tenants;
using OrleansBilling.Gateway.Auth;
using OrleansBilling.Gateway.Problems;
using OrleansBilling.Gateway.Requests;

namespace OrleansBilling.Gateway.Api;

/// <summary>Identifiers of devices, and whose they are.</summary>
internal static class IdentifierEndpoints
{
    public static async Task<IResult> AddAsync(HttpContext context, IGrainFactory grains)
    {
        var id = context.PathId("device");
        var body = await JsonBody.ReadAsync<IdentifierBody>(context);
        return CommandAnswer.Of(await Device(context, grains, id).Identify(body.Spec), Locations.Of("devices", id));
    }

    public static async Task<IResult> EndAsync(HttpContext context, IGrainFactory grains)
    {
        var id = context.PathId("device");
        var body = await JsonBody.ReadAsync<IdentifierEndBody>(context);
        return CommandAnswer.Of(
            await Device(context, grains, id).EndIdentifier(body.Kind, body.Value, body.To), Locations.Of("devices", id));
    }

    public static async Task<IResult> GetAsync(HttpContext context, IGrainFactory grains)
    {
        var identifier = context.PathIdentifier();
        var at = Query.Time(context, "at") ?? (await grains.GetGrain<ITenantClockGrain>(context.Tenant()).Read()).Now;
        return await grains.GetGrain<IIdentifierGrain>(EntityKey.Of(context.Tenant(), identifier.Key)).Get() is { } view
            ? ApiJson.Ok(IdentifierLookup.Of(view, at))
            : new ProblemResult(Problem.NotFound("identifier", identifier.ToString()));
    }

    private static IDeviceGrain Device(HttpContext context, IGrainFactory grains, string id) =>
        grains.GetGrain<IDeviceGrain>(EntityKey.Of(context.Tenant(), id));
}
