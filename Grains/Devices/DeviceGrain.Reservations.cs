using OrleansBilling.Contracts.Common;
using OrleansBilling.Contracts.Reservations;
using OrleansBilling.Contracts.Subscriptions;
using OrleansBilling.Core.Pricing;
using OrleansBilling.Grains.Reservations;

namespace OrleansBilling.Grains.Devices;

/// <summary>Quota for the device: its subscription decides.</summary>
internal sealed partial class DeviceGrain
{
    public async Task<CommandResult<ReservationView>> Reserve(ReservationSpec spec)
    {
        var home = await Home();
        string? subscription = null;
        var seen = 0L;
        var refusal = home.Do(t =>
        {
            var tenant = TenantOf(t, Key.Tenant);
            seen = t.NextLsn - 1;
            if (t.State.Devices.Device(tenant, Key.Id) is not { } device)
            {
                return UnknownDevice();
            }
            var now = tenant.Now(home.Time).ToUnixTimeTicks();
            var terms = device.AssignedAt(now);
            subscription = terms?.Id;
            var reason = terms is null ? UsageReasons.Unassigned
                : terms.At(now).Plan.Definition.TakesUsage(device.StateAt(now)) ? null
                : UsageReasons.Suspended;
            return reason is null ? null : CommandResult.Conflict<ReservationView>(reason, UsageReasons.Describe(reason));
        });
        // The subscription's wait and this one are for the same commit. A grant to a device whose assignment is lost is told nobody, and
        // ends with its lease.
        var asked = refusal is null ? Subscription(subscription!).Reserve(Key.Id, spec) : Task.FromResult(refusal);
        await Task.WhenAll(asked, home.Durable(seen).AsTask());
        return await asked;
    }

    public Task<CommandResult<ReservationView>> ReportReserved(string reservation, ReservationUse use) =>
        WhereItIs(reservation, s => s.ReportReserved(Key.Id, reservation, use));

    public Task<CommandResult<ReservationView>> Reservation(string reservation) =>
        WhereItIs(reservation, s => s.Reservation(Key.Id, reservation));

    /// <summary>A device may have moved since it reserved: the newest subscription is asked first.</summary>
    private async Task<CommandResult<ReservationView>> WhereItIs(
        string reservation, Func<ISubscriptionGrain, Task<CommandResult<ReservationView>>> ask)
    {
        var home = await Home();
        var (subscriptions, seen) = home.Do(t => (t.State.Devices.Device(TenantOf(t, Key.Tenant), Key.Id) is { } device
            ? device.Assignments.Select(a => a.Terms?.Id).OfType<string>().Reverse().Distinct(StringComparer.Ordinal).ToArray()
            : null, t.NextLsn - 1));
        var asked = AskEach(reservation, subscriptions, ask);
        await Task.WhenAll(asked, home.Durable(seen).AsTask());
        return await asked;
    }

    private async Task<CommandResult<ReservationView>> AskEach(
        string reservation, string[]? subscriptions, Func<ISubscriptionGrain, Task<CommandResult<ReservationView>>> ask)
    {
        if (subscriptions is null)
        {
            return UnknownDevice();
        }
        foreach (var subscription in subscriptions)
        {
            if (await ask(Subscription(subscription)) is var result and not { Outcome: CommandOutcome.NotFound })
            {
                return result;
            }
        }
        return ReservationRules.Unknown(reservation);
    }

    private static CommandResult<ReservationView> UnknownDevice() =>
        CommandResult.NotFound<ReservationView>("device.unknown", "No such device is registered.");

    private ISubscriptionGrain Subscription(string id) => GrainFactory.GetGrain<ISubscriptionGrain>(EntityKey.Of(Key.Tenant, id));
}
