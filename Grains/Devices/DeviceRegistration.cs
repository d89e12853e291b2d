using OrleansBilling.Contracts.Common;
using OrleansBilling.Contracts.Devices;
using OrleansBilling.Core.Devices;
using OrleansBilling.Grains.Partitions;
using OrleansBilling.Grains.Records;
using OrleansBilling.Grains.Tenants;

namespace OrleansBilling.Grains.Devices;

/// <summary>Registers devices whose subscription's terms the partition has learnt.</summary>
internal static class DeviceRegistration
{
    /// <summary>The same content again changes nothing; other content is a conflict.</summary>
    public static CommandResult<DeviceView> Register(Partition.Turn turn, TenantCopy tenant, DeviceSpec spec)
    {
        if (turn.State.Devices.Device(tenant, spec.Id) is { } known)
        {
            return known.Spec == spec
                ? CommandResult.Unchanged(DeviceGrain.View(known))
                : CommandResult.Conflict<DeviceView>("device.exists", "This device id is registered with other content.", "/id");
        }
        if (spec is { Subscription: null, From: not null })
        {
            return CommandResult.Rejected<DeviceView>(
                new CommandError("device.from_without_subscription", "'from' needs a subscription.", "/from"));
        }
        LifecycleState? state = null;
        if (spec.State is { } word)
        {
            if (!LifecycleStates.TryParse(word, out var first))
            {
                return CommandResult.Rejected<DeviceView>(DeviceLifecycle.Unknown);
            }
            state = first;
        }
        turn.Append(new DeviceRegistered(tenant.Id, spec));
        var from = DeviceLifecycle.Ever;
        if (spec.Subscription is { } id)
        {
            from = spec.From ?? turn.State.Devices.TermsOf(tenant, id)!.Start;
            turn.Append(new DeviceAssigned(tenant.Id, spec.Id, id, from));
        }
        if (state is { } given)
        {
            var device = turn.State.Devices.Device(tenant, spec.Id)!;
            turn.Append(new DeviceStateSet(tenant.Id, spec.Id, spec.State!, from, DeviceLifecycle.Rules(device, given, from)));
        }
        return CommandResult.Created(DeviceGrain.View(turn.State.Devices.Device(tenant, spec.Id)!));
    }

    /// <summary>The answer when the subscription of a request does not exist.</summary>
    public static CommandResult<DeviceView> UnknownSubscription(string id) => CommandResult.Rejected<DeviceView>(
        new CommandError("subscription.unknown", $"There is no subscription '{id}'.", "/subscription"));
}
