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
    public static async Task<IResult> RegisterAsync(HttpContext context, PartitionRouter router)
    {
        var body = await JsonBody.ReadAsync<DeviceBatchBody>(context);
        var results = new DeviceBatchResult[BatchItems.Count(body.Devices, "devices", MaxDevices)];
        var partitions = await router.AllAsync();
        var tenant = context.Tenant();
        var shares = Read(body.Devices, results)
            .GroupBy(item => PartitionMap.Of(EntityKind.Device, tenant, item.Spec.Id, partitions.Length))
            .Select(share => RegisterShareAsync(partitions[share.Key], tenant, [.. share], results));
        await Task.WhenAll(shares).WaitAsync(context.RequestAborted);
        return ApiJson.Ok(new DeviceBatchAnswer(
            results.Count(r => r.Status == "registered"), results.Count(r => r.Status == "unchanged"),
            results.Count(r => r.Status == "refused"), results));
    }

    /// <summary>The devices that can be read; the others get their result.</summary>
    private static List<(int Place, DeviceSpec Spec)> Read(JsonElement devices, DeviceBatchResult[] results)
    {
        var specs = new List<(int, DeviceSpec)>(results.Length);
        foreach (var (place, json) in devices.EnumerateArray().Index())
        {
            var errors = new List<ProblemError>();
            var read = BodyBinder.Bind(typeof(DeviceBody), json, $"/devices/{place}", errors);
            if (errors.Count == 0 && read is DeviceBody device)
            {
                specs.Add((place, new(device.Id, device.Name, device.Subscription, device.From)));
            }
            else
            {
                results[place] = new(BatchItems.IdOf(json), "refused", errors);
            }
        }
        return specs;
    }

    private static async Task RegisterShareAsync(
        IPartitionGrain partition, string tenant, (int Place, DeviceSpec Spec)[] share, DeviceBatchResult[] results)
    {
        var outcomes = await partition.RegisterDevices(tenant, Array.ConvertAll(share, item => item.Spec));
        foreach (var ((place, spec), outcome) in share.Zip(outcomes))
        {
            results[place] = outcome.Outcome switch
            {
                CommandOutcome.Created => new(spec.Id, "registered", null),
                CommandOutcome.Unchanged => new(spec.Id, "unchanged", null),
                _ => new(spec.Id, "refused", Array.ConvertAll(
                    outcome.Errors, e => new ProblemError(e.Code, e.Message, $"/devices/{place}{e.Pointer}"))),
            };
        }
    }
}
