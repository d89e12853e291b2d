using NodaTime;
using Orleans.Concurrency;
using OrleansBilling.Contracts.Common;
using OrleansBilling.Contracts.Devices;
using OrleansBilling.Contracts.Partitions;
using OrleansBilling.Core.Amounts;
using OrleansBilling.Core.Usage;
using OrleansBilling.Grains.Partitions;
using OrleansBilling.Grains.Records;

namespace OrleansBilling.Grains.Devices;

/// <summary>Shell around one <see cref="DeviceState"/>.</summary>
[Reentrant, GrainType("device"), PartitionPlacement]
internal sealed partial class DeviceGrain(PartitionHost host) : EntityGrain(host, EntityKind.Device), IDeviceGrain
{
    public async Task<CommandResult<DeviceView>> Register(DeviceSpec spec)
    {
        var home = await Home();
        if (spec.Subscription is { } subscription && !await TermsLearning.Learn(home, GrainFactory, Key.Tenant, subscription))
        {
            return DeviceRegistration.UnknownSubscription(subscription);
        }
        return await home.DoDurably(t => DeviceRegistration.Register(t, TenantOf(t, Key.Tenant), spec));
    }

    public async Task<CommandResult<DeviceView>> Assign(string? subscription, Instant from)
    {
        var seen = Precondition.Take();
        var home = await Home();
        if (subscription is not null && !await TermsLearning.Learn(home, GrainFactory, Key.Tenant, subscription))
        {
            return DeviceRegistration.UnknownSubscription(subscription);
        }
        return await home.DoDurably(t => DeviceChanges.Assign(t, TenantOf(t, Key.Tenant), Key.Id, subscription, from, seen));
    }

    public async Task<CommandResult<DeviceView>> SetState(string state, Instant from)
    {
        var seen = Precondition.Take();
        return await (await Home()).DoDurably(t =>
            DeviceChanges.SetState(t, TenantOf(t, Key.Tenant), Key.Id, state, from, seen));
    }

    public async Task<CommandResult<DeviceView>> ResetRegister(RegisterReset reset)
    {
        var seen = Precondition.Take();
        if (!QuantityLimits.Allows(reset.StartReading) || !QuantityLimits.Allows(reset.FinalReading ?? 0m))
        {
            return Rejected("usage.value_out_of_range", "Readings have at most 12 decimals and are below 10^15.", "/startReading");
        }
        return await Change(await Home(), (t, device) => Reset(t, device, reset, seen));
    }

    public async Task<DeviceView?> Get() => await (await Home()).DoDurably(t =>
        t.State.Tenant(Key.Tenant) is { } tenant && t.State.Devices.Device(tenant, Key.Id) is { } device ? View(device) : null);

    public async Task<DeviceUsage?> Usage(Instant? from, Instant? to) => await (await Home()).DoDurably(t =>
        t.State.Tenant(Key.Tenant) is { } tenant && t.State.Devices.Device(tenant, Key.Id) is { } device
            ? new DeviceUsage(Key.Id, [.. Rows(t.State.Devices, device)
                .Where(r => (from is null || r.PeriodEnd > from) && (to is null || r.PeriodStart < to))
                .OrderBy(r => r.PeriodStart).ThenBy(r => r.Meter, StringComparer.Ordinal)])
            : null);

    /// <summary>The device as callers see it.</summary>
    public static DeviceView View(DeviceState device) => new(
        device.Id,
        device.Name,
        [.. device.Assignments.Select(a => new AssignmentView(
            a.Terms?.Id, Instant.FromUnixTimeTicks(a.From)))],
        DeviceLifecycle.View(device),
        device.Identifiers.Count == 0 ? null : [.. device.Identifiers.Where(i => !i.IsTakenBack).Select(i => i.View)]);

    /// <summary>Usage under several plans of one subscription is one row, but where it cannot be added.</summary>
    private static IEnumerable<DeviceUsageRow> Rows(DeviceBook book, DeviceState device) => device.Usage
        // What was voided never was.
        .Where(u => u.Events != 0 || u.Quantity != 0m)
        .GroupBy(u => (
            book.Terms[u.Terms].First, u.Period, u.Meter, Alone: book.Meters[u.Meter].Kind == AggregationKind.Sum ? -1 : u.Terms))
        .Select(g =>
        {
            var period = g.Key.First.Calendar.Period(g.Key.Period);
            var meter = book.Meters[g.Key.Meter].Definition;
            return new DeviceUsageRow(
                g.Key.First.Id, period.Start, period.End, meter.Id, meter.TotalUnit,
                g.Sum(u => u.Quantity), g.Sum(u => u.Events), g.Sum(u => u.Late));
        });

    private CommandResult<DeviceView> Reset(Partition.Turn t, DeviceState device, RegisterReset reset, Precondition? seen)
    {
        if (t.State.Devices.Meter(device.Tenant, reset.Meter) is not { Cumulative: true } meter)
        {
            return Rejected(
                "register.unknown", "The device has no readings of a cumulative meter with that id.", "/meter");
        }
        if (DeviceBook.IsHeld(device, reset.At))
        {
            throw new PartitionUnavailableException(
                "A change of the device's subscription is being decided; send the same request again.");
        }
        var history = device.Register(meter);
        var trial = new Core.Usage.RegisterHistory(meter.Definition.Cumulative!, history.Readings, history.Pruned)
            .DeclareReset(reset.At, reset.FinalReading, reset.StartReading);
        if (!trial.Accepted)
        {
            return Rejected(UsageReasons.Of(trial.Outcome), UsageReasons.Describe(UsageReasons.Of(trial.Outcome)), "/finalReading");
        }
        return t.State.Devices.WhyNotReset(device, meter, trial.Changes) is { } reason
            ? Rejected(reason, UsageReasons.Describe(reason), "/at")
            : DeviceChanges.Appended(t, device, new RegisterWasReset(Key.Tenant, Key.Id, reset), seen);
    }

    private Task<CommandResult<DeviceView>> Change(
        Partition home, Func<Partition.Turn, DeviceState, CommandResult<DeviceView>> change) =>
        home.DoDurably(t => t.State.Devices.Device(TenantOf(t, Key.Tenant), Key.Id) is { } device
            ? change(t, device)
            : DeviceChanges.Unknown());

    private static CommandResult<DeviceView> Rejected(string code, string message, string pointer) =>
        CommandResult.Rejected<DeviceView>(new CommandError(code, message, pointer));
}
