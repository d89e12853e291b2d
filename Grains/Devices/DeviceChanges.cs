using NodaTime;
using OrleansBilling.Contracts.Common;
using OrleansBilling.Contracts.Devices;
using OrleansBilling.Core.Devices;
using OrleansBilling.Grains.Partitions;
using OrleansBilling.Grains.Records;
using OrleansBilling.Grains.Tenants;

namespace OrleansBilling.Grains.Devices;

/// <summary>
/// Changes of one device in a turn of its partition, which has learnt the terms of the subscriptions concerned.
/// </summary>
internal static class DeviceChanges
{
    /// <summary>Assigns it to a subscription from an instant on; null takes it away.</summary>
    public static CommandResult<DeviceView> Assign(
        Partition.Turn turn, TenantCopy tenant, string id, string? subscription, Instant from,
        Precondition? seen = null)
    {
        if (turn.State.Devices.Device(tenant, id) is not { } device)
        {
            return Unknown();
        }
        var ticks = from.ToUnixTimeTicks();
        // Not only the newest: a list of changes may be sent again as a whole.
        if (device.Assignments.Any(a => a.From == ticks && a.Terms?.Id == subscription))
        {
            return CommandResult.Unchanged(DeviceGrain.View(device));
        }
        if (device.Assignments.Count > 0 && ticks <= device.Assignments[^1].From)
        {
            return CommandResult.Conflict<DeviceView>(
                "device.assignment_order", "An assignment must begin after the one before it.", "/from");
        }
        var taker = subscription is null ? null : turn.State.Devices.TermsOf(tenant, subscription);
        return AfterUsage(device, ticks) ?? Appended(
            turn, device,
            new DeviceAssigned(tenant.Id, id, subscription, from, DeviceLifecycle.RulesAt(device, taker, from)), seen);
    }

    /// <summary>Changes its state from an instant on.</summary>
    public static CommandResult<DeviceView> SetState(
        Partition.Turn turn, TenantCopy tenant, string id, string state, Instant from, Precondition? seen = null)
    {
        if (!LifecycleStates.TryParse(state, out var wanted))
        {
            return CommandResult.Rejected<DeviceView>(DeviceLifecycle.Unknown);
        }
        if (turn.State.Devices.Device(tenant, id) is not { } device)
        {
            return Unknown();
        }
        if (device.Stays.Any(stay => (stay.From, stay.State) == (from.ToUnixTimeTicks(), wanted)))
        {
            return CommandResult.Unchanged(DeviceGrain.View(device));
        }
        return DeviceLifecycle.Refusal(device, wanted, from) is { } refusal
            ? new(CommandOutcome.Conflict, null, [refusal])
            : AfterUsage(device, from.ToUnixTimeTicks()) ?? Appended(
                turn, device,
                new DeviceStateSet(tenant.Id, id, state, from, DeviceLifecycle.Rules(device, wanted, from)), seen);
    }

    /// <summary>The answer when there is no such device.</summary>
    public static CommandResult<DeviceView> Unknown() =>
        CommandResult.NotFound<DeviceView>("device.unknown", "No such device is registered.");

    /// <summary>
    /// Conditions are looked at last: where nothing would change, or the change is refused, they do not matter (RFC
    /// 9110, 13.2.1).
    /// </summary>
    public static CommandResult<DeviceView> Appended(
        Partition.Turn turn, DeviceState device, object fact, Precondition? seen = null)
    {
        if (seen?.Fails(DeviceGrain.View(device)) == true)
        {
            return CommandResult.PreconditionFailed<DeviceView>();
        }
        turn.Append(fact);
        return CommandResult.Updated(DeviceGrain.View(device));
    }

    /// <summary>Usage that was billed to one owner is not moved silently to another.</summary>
    private static CommandResult<DeviceView>? AfterUsage(DeviceState device, long ticks) => ticks > device.NewestCounted
        ? null
        : CommandResult.Conflict<DeviceView>(
            "device.usage_after",
            $"The device has usage up to {Instant.FromUnixTimeTicks(device.NewestCounted)}; "
            + "the change must begin after it.",
            "/from");
}
