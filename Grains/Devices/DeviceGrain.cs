using NodaTime;
using Orleans.Concurrency;
using OrleansBilling.Contracts.Common;
using OrleansBilling.Contracts.Devices;
using OrleansBilling.Contracts.Partitions;
using OrleansBilling.Contracts.Subscriptions;
using OrleansBilling.Core.Amounts;
using OrleansBilling.Core.Devices;
using OrleansBilling.Core.Usage;
using OrleansBilling.Grains.Partitions;
using OrleansBilling.Grains.Records;

namespace OrleansBilling.Grains.Devices;

/// <summary>Shell around one <see cref="DeviceState"/>.</summary>
[Reentrant, GrainType("device"), PartitionPlacement]
internal sealed class DeviceGrain(PartitionHost host) : EntityGrain(host, EntityKind.Device), IDeviceGrain
{
    public async Task<CommandResult<DeviceView>> Register(DeviceSpec spec)
    {
        var home = await Home();
        if (spec.Subscription is { } subscription && !await LearnTerms(home, subscription))
        {
            return UnknownSubscription(subscription, "/subscription");
        }
        return await home.DoDurably(t =>
        {
            var tenant = TenantOf(t, Key.Tenant);
            if (t.State.Devices.Device(tenant, spec.Id) is { } known)
            {
                return known.Spec == spec
                    ? CommandResult.Unchanged(View(known))
                    : CommandResult.Conflict<DeviceView>(
                        "device.exists", "This device id is registered with other content.", "/id");
            }
            if (spec is { Subscription: null, From: not null })
            {
                return Rejected("device.from_without_subscription", "'from' needs a subscription.", "/from");
            }
            t.Append(new DeviceRegistered(Key.Tenant, spec));
            if (spec.Subscription is { } id)
            {
                var terms = t.State.Devices.TermsOf(tenant, id)!;
                t.Append(new DeviceAssigned(Key.Tenant, spec.Id, id, spec.From ?? terms.Start));
            }
            return CommandResult.Created(View(t.State.Devices.Device(tenant, spec.Id)!));
        });
    }

    public async Task<CommandResult<DeviceView>> Assign(string? subscription, Instant from)
    {
        var home = await Home();
        if (subscription is not null && !await LearnTerms(home, subscription))
        {
            return UnknownSubscription(subscription, "/subscription");
        }
        return await Change(home, (t, device) =>
        {
            var ticks = from.ToUnixTimeTicks();
            if (device.Assignments.Count > 0 && device.Assignments[^1] is var (newest, terms)
                && newest == ticks && terms?.Id == subscription)
            {
                return CommandResult.Unchanged(View(device));
            }
            if (device.Assignments.Count > 0 && ticks <= device.Assignments[^1].From)
            {
                return CommandResult.Conflict<DeviceView>(
                    "device.assignment_order", "An assignment must begin after the one before it.", "/from");
            }
            return AfterUsage(device, ticks) ?? Appended(t, device, new DeviceAssigned(Key.Tenant, Key.Id, subscription, from));
        });
    }

    public async Task<CommandResult<DeviceView>> SetState(string state, Instant from)
    {
        if (!LifecycleStates.TryParse(state, out var wanted))
        {
            return Rejected("device.state_unknown", $"The state is one of: {LifecycleStates.All}.", "/state");
        }
        return await Change(await Home(), (t, device) =>
        {
            var ticks = from.ToUnixTimeTicks();
            if (device.States.Count > 0 && device.States[^1] == (ticks, wanted))
            {
                return CommandResult.Unchanged(View(device));
            }
            if (device.States.Count > 0 && ticks <= device.States[^1].From)
            {
                return CommandResult.Conflict<DeviceView>(
                    "device.state_order", "A change of state must begin after the one before it.", "/from");
            }
            if (device.States is [.., (_, LifecycleState.Terminated)])
            {
                return CommandResult.Conflict<DeviceView>(
                    "device.terminated", "The device is terminated for good; register a new one.", "/state");
            }
            return AfterUsage(device, ticks) ?? Appended(t, device, new DeviceStateSet(Key.Tenant, Key.Id, state, from));
        });
    }

    public async Task<CommandResult<DeviceView>> ResetRegister(RegisterReset reset)
    {
        if (!QuantityLimits.Allows(reset.StartReading) || !QuantityLimits.Allows(reset.FinalReading ?? 0m))
        {
            return Rejected("usage.value_out_of_range", "Readings have at most 12 decimals and are below 10^15.", "/startReading");
        }
        return await Change(await Home(), (t, device) => Reset(t, device, reset));
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
        [.. device.States.Select(s => new DeviceStateView(
            LifecycleStates.Word(s.State), Instant.FromUnixTimeTicks(s.From)))]);

    /// <summary>Usage under several plans of one subscription is one row, but where it cannot be added.</summary>
    private static IEnumerable<DeviceUsageRow> Rows(DeviceBook book, DeviceState device) => device.Usage
        .GroupBy(u => (
            book.Terms[u.Terms].First, u.Period, u.Meter, Alone: book.Meters[u.Meter].Kind == AggregationKind.Sum ? -1 : u.Terms))
        .Select(g =>
        {
            var period = g.Key.First.Calendar.Period(g.Key.Period);
            var meter = book.Meters[g.Key.Meter].Definition;
            return new DeviceUsageRow(
                g.Key.First.Id, period.Start, period.End, meter.Id, meter.Unit,
                g.Sum(u => u.Quantity), g.Sum(u => u.Events), g.Sum(u => u.Late));
        });

    private CommandResult<DeviceView> Reset(Partition.Turn t, DeviceState device, RegisterReset reset)
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
        return trial.Accepted
            ? Appended(t, device, new RegisterWasReset(Key.Tenant, Key.Id, reset))
            : Rejected(UsageReasons.Of(trial.Outcome), UsageReasons.Describe(UsageReasons.Of(trial.Outcome)), "/finalReading");
    }

    /// <summary>Usage that was billed to one owner is not moved silently to another.</summary>
    private static CommandResult<DeviceView>? AfterUsage(DeviceState device, long ticks) => ticks > device.NewestUsage
        ? null
        : CommandResult.Conflict<DeviceView>(
            "device.usage_after",
            $"The device has usage up to {Instant.FromUnixTimeTicks(device.NewestUsage)}; the change must begin after it.",
            "/from");

    private static CommandResult<DeviceView> Appended(Partition.Turn t, DeviceState device, object fact)
    {
        t.Append(fact);
        return CommandResult.Updated(View(device));
    }

    private Task<CommandResult<DeviceView>> Change(
        Partition home, Func<Partition.Turn, DeviceState, CommandResult<DeviceView>> change) =>
        home.DoDurably(t => t.State.Devices.Device(TenantOf(t, Key.Tenant), Key.Id) is { } device
            ? change(t, device)
            : CommandResult.NotFound<DeviceView>("device.unknown", "No such device is registered."));

    /// <summary>
    /// Copies a subscription's terms into this partition's log, so that it can rate alone; false when there are none.
    /// </summary>
    private async Task<bool> LearnTerms(Partition home, string subscription)
    {
        if (home.Do(t => t.State.Devices.TermsOf(TenantOf(t, Key.Tenant), subscription) is not null))
        {
            return true;
        }
        while (true)
        {
            // Terms that were read before a change asked this partition, and come in after it, would not know of the change.
            var asked = home.Do(t => t.State.Devices.UnknownTimelines);
            var terms = await GrainFactory.GetGrain<ISubscriptionGrain>(EntityKey.Of(Key.Tenant, subscription)).Terms();
            if (terms is null)
            {
                return false;
            }
            if (home.Do(t => t.State.Devices.UnknownTimelines == asked && LearnTerms(t, subscription, terms)))
            {
                return true;
            }
        }
    }

    private bool LearnTerms(Partition.Turn t, string subscription, SubscriptionTerms terms)
    {
        var tenant = TenantOf(t, Key.Tenant);
        if (t.State.Devices.TermsOf(tenant, subscription) is not null)
        {
            return true;
        }
        TimelineLearning.LearnPlan(t, tenant, new(terms.Plan, terms.Meters));
        var view = terms.Subscription;
        t.Append(new SubscriptionLearned(
            Key.Tenant, view.Id, view.Plan, view.PlanVersion, view.Start, view.End, view.TimeZone, view.AnchorDate));
        if (terms.Timeline is { } timeline)
        {
            TimelineLearning.Learn(t, tenant, subscription, timeline, null);
            if (timeline.Pending is { } pending)
            {
                t.Append(new UsageHeld(Key.Tenant, subscription, pending.Change, pending.From));
            }
        }
        return true;
    }

    private static CommandResult<DeviceView> UnknownSubscription(string id, string pointer) =>
        Rejected("subscription.unknown", $"There is no subscription '{id}'.", pointer);

    private static CommandResult<DeviceView> Rejected(string code, string message, string pointer) =>
        CommandResult.Rejected<DeviceView>(new CommandError(code, message, pointer));
}
