using OrleansBilling.Contracts.Common;
using OrleansBilling.Contracts.Devices;
using OrleansBilling.Gateway.Auth;
using OrleansBilling.Gateway.Problems;
using OrleansBilling.Gateway.Requests;
using OrleansBilling.Gateway.Usage;

namespace OrleansBilling.Gateway.Api;

/// <summary>Devices, what they belong to and what they used.</summary>
internal static class DeviceEndpoints
{
    public static async Task<IResult> RegisterAsync(HttpContext context, IGrainFactory grains)
    {
        var body = await JsonBody.ReadAsync<DeviceBody>(context);
        var device = Device(context, grains, body.Id);
        var result = DeviceIdentifying.Refusal<DeviceView>(body) ?? await device.Register(body.Spec);
        return CommandAnswer.Of(
            result.Succeeded ? await DeviceIdentifying.Identify(device, body.Identifiers, result) : result, Locations.Of("devices", body.Id));
    }

    public static async Task<IResult> GetAsync(HttpContext context, IGrainFactory grains)
    {
        var id = context.PathId("device");
        return await Device(context, grains, id).Get() is { } device ? ApiJson.Entity(device) : NoSuch(id);
    }

    public static Task<IResult> ListAsync(HttpContext context, PartitionRouter router) =>
        Listing.MergeAsync(
            context,
            router,
            (partition, tenant, after, limit) => partition.Devices(tenant, after, limit),
            device => device.Id);

    public static async Task<IResult> AssignAsync(HttpContext context, IGrainFactory grains)
    {
        var id = context.PathId("device");
        var body = await JsonBody.ReadAsync<AssignmentBody>(context);
        Conditions.DemandMatch(context.Request);
        return CommandAnswer.Of(
            await Device(context, grains, id).Assign(body.Subscription, body.From), Locations.Of("devices", id));
    }

    public static async Task<IResult> SetStateAsync(HttpContext context, IGrainFactory grains)
    {
        var id = context.PathId("device");
        var body = await JsonBody.ReadAsync<DeviceStateBody>(context);
        Conditions.DemandMatch(context.Request);
        return CommandAnswer.Of(
            await Device(context, grains, id).SetState(body.State, body.From), Locations.Of("devices", id));
    }

    public static async Task<IResult> ResetRegisterAsync(HttpContext context, IGrainFactory grains)
    {
        var id = context.PathId("device");
        var body = await JsonBody.ReadAsync<RegisterResetBody>(context);
        var reset = new RegisterReset(body.Meter, body.At, body.FinalReading, body.StartReading);
        Conditions.DemandMatch(context.Request);
        return CommandAnswer.Of(await Device(context, grains, id).ResetRegister(reset), Locations.Of("devices", id));
    }

    public static async Task<IResult> UsageAsync(HttpContext context, IGrainFactory grains)
    {
        var id = context.PathId("device");
        var (from, to) = (Query.Time(context, "from"), Query.Time(context, "to"));
        if (from >= to)
        {
            throw Query.Fault("to", "'to' must be later than 'from'.");
        }
        return await Device(context, grains, id).Usage(from, to) is { } usage ? ApiJson.Ok(usage) : NoSuch(id);
    }

    internal static IDeviceGrain Device(HttpContext context, IGrainFactory grains, string id) =>
        grains.GetGrain<IDeviceGrain>(EntityKey.Of(context.Tenant(), id));

    private static ProblemResult NoSuch(string id) => new(Problem.NotFound("device", id));
}
