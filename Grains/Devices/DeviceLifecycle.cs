using NodaTime;
using OrleansBilling.Contracts.Common;
using OrleansBilling.Contracts.Devices;
using OrleansBilling.Core.Devices;
using OrleansBilling.Core.Pricing;

namespace OrleansBilling.Grains.Devices;

/// <summary>What a device may be given as its state, and what its plan makes of it.</summary>
internal static class DeviceLifecycle
{
    /// <summary>From when on a device without a subscription has its first state: no usage is older.</summary>
    public static readonly Instant Ever = Instant.FromUtc(1900, 1, 1, 0, 0);

    /// <summary>The refusal of what is no state.</summary>
    public static CommandError Unknown => new("device.state_unknown", $"The state is one of: {LifecycleStates.All}.", "/state");

    /// <summary>Why a device cannot be given a state from an instant on; null when it can.</summary>
    public static CommandError? Refusal(DeviceState device, LifecycleState wanted, Instant from)
    {
        if (device.Stays is not [.., var last])
        {
            return null;
        }
        if (last.State == LifecycleState.Terminated)
        {
            return new("device.terminated", "The device is terminated for good; register a new one.", "/state");
        }
        if (from.ToUnixTimeTicks() <= last.From)
        {
            return new("device.state_order", "A change of state must begin after the one before it.", "/from");
        }
        var before = device.StateAt(from.ToUnixTimeTicks() - 1);
        return LifecycleTransitions.Allows(before, wanted)
            ? null
            : new(
                "device.transition",
                $"The device is {LifecycleStates.Word(before)} then; what can follow is: {LifecycleTransitions.After(before)}.", "/state");
    }

    /// <summary>What the plan that the device has at an instant makes of a state that it is given then; null without a plan.</summary>
    public static LifecycleRules? Rules(DeviceState device, LifecycleState state, Instant from) =>
        Rules(device.AssignedAt(from.ToUnixTimeTicks()), state, from);

    /// <summary>What a subscription's plan makes of the newest state of a device that belonged to nobody; null where nothing is to be said.</summary>
    public static LifecycleRules? RulesAt(DeviceState device, TermsEntry? terms, Instant from) =>
        device.Stays is [.., { Rules: null, State: var state } last] && device.AssignedAt(last.From) is null
            ? Rules(terms, state, Instant.Max(from, Instant.FromUnixTimeTicks(last.From)))
            : null;

    /// <summary>The states that a device was given, and those that it came to by itself.</summary>
    public static DeviceStateView[] View(DeviceState device) =>
    [
        .. device.States.Select(s => s.Given
            ? Given(device.StayAt(s.From)!)
            : new(LifecycleStates.Word(s.State), Instant.FromUnixTimeTicks(s.From), Automatic: true)),
    ];

    private static LifecycleRules? Rules(TermsEntry? first, LifecycleState state, Instant from)
    {
        if (first is null || !state.Activates())
        {
            return null;
        }
        var terms = first.At(Math.Max(from.ToUnixTimeTicks(), first.StartTicks));
        return terms.Plan.Definition.RuleOf(state)?.Settle(from, terms.Zone) ?? new(null, []);
    }

    private static DeviceStateView Given(LifecycleStay stay) => new(
        LifecycleStates.Word(stay.State), Instant.FromUnixTimeTicks(stay.From), false, stay.Rules?.ActivateAt,
        stay.Rules is not { Free.Count: > 0 } rules ? null :
        [
            .. rules.Free.Select(f => new FreeUsageView(
                f.Meter, f.Quantity, stay.Free.Where(u => u.Meter == f.Meter).Sum(u => u.Quantity))),
        ]);
}
