using System.Text.Json;
using OrleansBilling.Contracts.Common;
using OrleansBilling.Contracts.Devices;
using OrleansBilling.Contracts.Partitions;
using OrleansBilling.Gateway.Auth;
using OrleansBilling.Gateway.Problems;
using OrleansBilling.Gateway.Requests;
using OrleansBilling.Gateway.Usage;

namespace OrleansBilling.Gateway.Api;

/// <summary>Registers a fleet: one call to each partition that a batch touches.</summary>
internal static class DeviceBatchEndpoint
{
    /// <summary>Devices in one request.</summary>
    public const int MaxDevices = 1_000;

    /// <summary>
    /// Every partition's part is durable by itself: a call that fails half-way is sent again, and what was done is unchanged then.
    /// </summary>
    public static async Task<IResult> RegisterAsync(HttpContext context, PartitionRouter router, IGrainFactory grains)
    {
        var body = await JsonBody.ReadAsync<DeviceBatchBody>(context);
        var results = new DeviceBatchResult[BatchItems.Count(body.Devices, "devices", MaxDevices)];
        var partitions = await router.AllAsync();
        var tenant = context.Tenant();
        var shares = Read(body.Devices, results)
            .GroupBy(item => PartitionMap.Of(EntityKind.Device, tenant, item.Body.Id, partitions.Length))
            .Select(share => RegisterShareAsync(partitions[share.Key], tenant, [.. share], results, grains));
        await Task.WhenAll(shares).WaitAsync(context.RequestAborted);
        return ApiJson.Ok(new DeviceBatchAnswer(
            results.Count(r => r.Status == "registered"), results.Count(r => r.Status == "unchanged"),
            results.Count(r => r.Status == "refused"), results));
    }

    /// <summary>The devices that can be read; the others get their result.</summary>
    private static List<(int Place, DeviceBody Body)> Read(JsonElement devices, DeviceBatchResult[] results)
    {
        var bodies = new List<(int, DeviceBody)>(results.Length);
        foreach (var (place, json) in devices.EnumerateArray().Index())
        {
            var errors = new List<ProblemError>();
            var read = BodyBinder.Bind(typeof(DeviceBody), json, $"/devices/{place}", errors);
            if (errors.Count == 0 && read is DeviceBody device)
            {
                if (DeviceIdentifying.Refusal<DeviceView>(device) is { } refusal)
                {
                    results[place] = Result(place, device, refusal.Outcome, refusal.Errors);
                }
                else
                {
                    bodies.Add((place, device));
                }
            }
            else
            {
                results[place] = new(BatchItems.IdOf(json), "refused", errors);
            }
        }
        return bodies;
    }

    private static async Task RegisterShareAsync(
        IPartitionGrain partition, string tenant, (int Place, DeviceBody Body)[] share, DeviceBatchResult[] results, IGrainFactory grains)
    {
        var outcomes = await partition.RegisterDevices(tenant, Array.ConvertAll(share, item => item.Body.Spec));
        await Task.WhenAll(share.Zip(outcomes).Select(async registered =>
        {
            var ((place, body), outcome) = registered;
            var result = new CommandResult<DeviceView>(outcome.Outcome, null, outcome.Errors);
            if (result.Succeeded && body.Identifiers is { Length: > 0 } identifiers)
            {
                result = await DeviceIdentifying.Identify(
                    grains.GetGrain<IDeviceGrain>(EntityKey.Of(tenant, body.Id)), identifiers, result);
            }
            results[place] = Result(place, body, result.Outcome, result.Errors);
        }));
    }

    private static DeviceBatchResult Result(int place, DeviceBody body, CommandOutcome outcome, CommandError[] errors) => outcome switch
    {
        CommandOutcome.Created => new(body.Id, "registered", null),
        CommandOutcome.Unchanged => new(body.Id, "unchanged", null),
        _ => new(body.Id, "refused", Array.ConvertAll(
            errors, e => new ProblemError(e.Code, e.Message, $"/devices/{place}{e.Pointer}"))),
    };
}
