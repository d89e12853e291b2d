using System.Text.Json;
using OrleansBilling.Contracts.Common;
using OrleansBilling.Contracts.Devices;
using OrleansBilling.Gateway.Problems;
using OrleansBilling.Gateway.Requests;

namespace OrleansBilling.Gateway.Api;

/// <summary>Moves many devices, or sets their states; each as its own call would.</summary>
internal static class DeviceChangesEndpoint
{
    /// <summary>Changes in one request.</summary>
    public const int MaxChanges = 1_000;

    /// <summary>Devices that are changed at the same time: enough for partitions to log many together.</summary>
    private const int AtOnce = 64;

    /// <summary>
    /// Changes of one device are made in their order. A call that fails half-way is sent again: what was done is unchanged then.
    /// </summary>
    public static async Task<IResult> ChangeAsync(HttpContext context, IGrainFactory grains)
    {
        var body = await JsonBody.ReadAsync<DeviceChangesBody>(context);
        var results = new DeviceChangeResult[BatchItems.Count(body.Changes, "changes", MaxChanges)];
        var devices = Read(body.Changes, results).GroupBy(change => change.Body.Device);
        var options = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = context.RequestAborted };
        await Parallel.ForEachAsync(devices, options, async (changes, _) =>
        {
            var device = DeviceEndpoints.Device(context, grains, changes.Key);
            foreach (var (place, change) in changes)
            {
                results[place] = Result(place, change, await ChangeAsync(device, change));
            }
        });
        return ApiJson.Ok(new DeviceChangesAnswer(
            results.Count(r => r.Status == "changed"), results.Count(r => r.Status == "unchanged"), results.Count(r => r.Status == "refused"), results));
    }

    private static Task<CommandResult<DeviceView>> ChangeAsync(IDeviceGrain device, DeviceChangeBody change) => change switch
    {
        { Assignment: { } assignment, State: null } => device.Assign(assignment.Subscription, change.From),
        { Assignment: null, State: { } state } => device.SetState(state, change.From),
        _ => Task.FromResult(CommandResult.Rejected<DeviceView>(
            new CommandError("device.change_kind", "Give either an 'assignment' or a 'state'; two changes are two items."))),
    };

    /// <summary>The changes that can be read; the others get their result.</summary>
    private static List<(int Place, DeviceChangeBody Body)> Read(JsonElement changes, DeviceChangeResult[] results)
    {
        var bodies = new List<(int, DeviceChangeBody)>(results.Length);
        foreach (var (place, json) in changes.EnumerateArray().Index())
        {
            var errors = new List<ProblemError>();
            if (BodyBinder.Bind(typeof(DeviceChangeBody), json, $"/changes/{place}", errors) is DeviceChangeBody change && errors.Count == 0)
            {
                bodies.Add((place, change));
            }
            else
            {
                results[place] = new(BatchItems.IdOf(json, "device"), "refused", errors);
            }
        }
        return bodies;
    }

    private static DeviceChangeResult Result(int place, DeviceChangeBody change, CommandResult<DeviceView> result) => result.Outcome switch
    {
        CommandOutcome.Updated => new(change.Device, "changed", null),
        CommandOutcome.Unchanged => new(change.Device, "unchanged", null),
        CommandOutcome.NotFound => new(change.Device, "refused", Errors(place, "/device", result.Errors)),
        _ => new(change.Device, "refused", Errors(place, "", result.Errors)),
    };

    private static ProblemError[] Errors(int place, string at, CommandError[] errors) => Array.ConvertAll(
        errors, e => new ProblemError(e.Code, e.Message, $"/changes/{place}{e.Pointer switch { "/subscription" => "/assignment/subscription", var other => other ?? at }}"));
}
