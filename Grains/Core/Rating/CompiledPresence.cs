using OrleansBilling.Core.Devices;
using OrleansBilling.Core.Pricing;

namespace OrleansBilling.Core.Rating;

/// <summary>How a charge counts devices; null where it does not.</summary>
internal static class CompiledPresence
{
    private static readonly LifecycleState[] ActiveOnly = [LifecycleState.Active];

    internal static PresenceRule? Of(ChargeDefinition charge)
    {
        if (charge.Allowance is { } allowance)
        {
            return new(
                PresenceCount.Days, States(allowance.States), allowance.Joiner == MemberShare.Whole,
                allowance.Leaver == MemberShare.Whole);
        }

        if (!charge.IsPerDevice)
        {
            return null;
        }

        if (charge.FromStates.Count > 0)
        {
            return new(PresenceCount.Transitions, States(charge.States), FromStates: charge.FromStates);
        }

        var count = charge.Kind == ChargeKind.OneTime ? PresenceCount.Joins
            : charge.Proration == RecurringProration.None ? PresenceCount.Devices
            : PresenceCount.Days;
        return new(count, States(charge.States), SkipsPauses: count != PresenceCount.Joins);
    }

    /// <summary>How an allowance per device counts them.</summary>
    internal static PresenceRule Of(ChargeAllowance allowance) => new(
        PresenceCount.Days, States(allowance.States), allowance.Joiner == MemberShare.Whole, allowance.Leaver == MemberShare.Whole);

    private static IReadOnlyList<LifecycleState> States(IReadOnlyList<LifecycleState> given) =>
        given.Count > 0 ? given : ActiveOnly;
}
