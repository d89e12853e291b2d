using OrleansBilling.Contracts.Common;
using OrleansBilling.Contracts.Devices;
using OrleansBilling.Contracts.Jobs;
using OrleansBilling.Grains.Devices;
using OrleansBilling.Grains.Partitions;
using OrleansBilling.Grains.Tenants;

namespace OrleansBilling.Grains.Jobs;

/// <summary>Does items of a job to devices of this partition, each as its own call would.</summary>
internal static class JobWork
{
    /// <summary>One turn: what is done and that it is done are written together.</summary>
    /// <param name="unknown">Subscriptions that do not exist.</param>
    public static DeviceOutcome[] Do(Partition.Turn turn, JobShare share, IReadOnlySet<string> unknown)
    {
        if (turn.State.JobShares.Find(share) is { } known)
        {
            return known.Unpack();
        }
        var tenant = EntityGrain.TenantOf(turn, share.Tenant);
        var outcomes = Array.ConvertAll(share.Items, item => DoItem(turn, tenant, share.Kind, item, unknown));
        turn.Append(new JobShareDone(share.Tenant, share.Job, share.Origin, share.First, JobOutcomes.Of(outcomes)));
        return outcomes;
    }

    /// <summary>Gives identifiers to devices that are registered; a repeat gives what is missing.</summary>
    public static Task<DeviceOutcome[]> Identify(IGrainFactory grains, JobShare share, DeviceOutcome[] outcomes) =>
        Task.WhenAll(share.Items.Zip(outcomes, async (item, outcome) =>
        {
            if (!outcome.Succeeded || item.Identifiers is not { Length: > 0 } identifiers)
            {
                return outcome;
            }
            var device = grains.GetGrain<IDeviceGrain>(EntityKey.Of(share.Tenant, item.Device!));
            foreach (var (place, identifier) in identifiers.Index())
            {
                var given = await device.Identify(identifier);
                if (!given.Succeeded)
                {
                    return new(given.Outcome, Array.ConvertAll(
                        given.Errors, e => e with { Pointer = $"/identifiers/{place}{e.Pointer}" }));
                }
            }
            return outcome;
        }));

    private static DeviceOutcome DoItem(
        Partition.Turn turn, TenantCopy tenant, string kind, JobItem item, IReadOnlySet<string> unknown)
    {
        var result = item.Subscription is { } subscription && unknown.Contains(subscription)
            ? DeviceRegistration.UnknownSubscription(subscription)
            : kind switch
            {
                JobKind.Devices => DeviceRegistration.Register(
                    turn, tenant, new(item.Device!, item.Name, item.Subscription, item.From, item.State)),
                JobKind.Assignments => DeviceChanges.Assign(
                    turn, tenant, item.Device!, item.Subscription, item.From!.Value),
                JobKind.States => DeviceChanges.SetState(turn, tenant, item.Device!, item.State!, item.From!.Value),
                _ => throw new InvalidDataException($"'{kind}' is no kind of job."),
            };
        return new(result.Outcome, result.Errors);
    }
}
