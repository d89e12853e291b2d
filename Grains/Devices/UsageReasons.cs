using OrleansBilling.Core.Expressions;
using OrleansBilling.Core.Rating;
using OrleansBilling.Core.Usage;

namespace OrleansBilling.Grains.Devices;

/// <summary>Why usage is in quarantine. Codes are stable: they are stored and shown.</summary>
internal static class UsageReasons
{
    public const string Unassigned = "usage.unassigned";
    public const string NoOwner = "identifier.no_owner";
    public const string Suspended = "device.suspended";
    public const string TestEvents = "device.test_events";
    public const string SubscriptionInactive = "usage.subscription_inactive";
    public const string Paused = "subscription.paused";
    public const string TooOld = "usage.too_old";
    public const string RegisterBackwards = "register.backwards";
    public const string RegisterSameInstant = "register.same_instant";
    public const string RegisterOutOfRange = "register.out_of_range";
    public const string RegisterBeforeHistory = "register.before_history";

    public const string UniqueLimit = "usage.unique_limit";
    public const string SessionTooLong = "session.too_long";

    private static readonly Dictionary<string, string> Texts = new(StringComparer.Ordinal)
    {
        [Unassigned] = "The device was assigned to no subscription at that time.",
        [NoOwner] = "The identifier was no device's at that time; give it to one, then release the event.",
        [Suspended] = "The device was not in use at that time: suspended, in inventory or terminated; its plan may bill usage in such states.",
        [TestEvents] = $"The device has sent {DeviceBook.MaxTestEvents} free events in test; activate it.",
        [SubscriptionInactive] = "The device's subscription had not started or had ended at that time.",
        [Paused] = "The device's subscription was paused at that time.",
        [TooOld] = "The event is older than the tenant's acceptance window.",
        [RegisterBackwards] = "The register went backwards for no declared reason; declare a reset, or correct the reading.",
        [RegisterSameInstant] = "The register has another reading at the very same instant.",
        [RegisterOutOfRange] = "The reading is negative or not below the register's declared maximum.",
        [RegisterBeforeHistory] = "The reading is before the oldest one still kept for this register.",
        [UniqueLimit] = "The meter already tells as many values, levels or sessions of the device apart as it may (maxDistinct).",
        [SessionTooLong] = $"The session already has records of {Core.Usage.SessionHistory.MaxReadings} instants; begin another one.",
        [RatingReasons.NoPriceAtTime] = "The plan's price schedule has no price at that time.",
        [RatingReasons.NoPriceForDimensions] = "No row of the plan's price matrix fits the event's dimensions.",
        [RatingReasons.NoChargeForMeter] = "The subscription's plan has no charge for this meter.",
        [RatingReasons.Inexact] = "The quantity cannot be rated exactly in 28 decimal digits.",
        [RatingReasons.QuantityOutOfRange] = "The quantity is out of range.",
    };

    public static string Of(RegisterOutcome outcome) => outcome switch
    {
        RegisterOutcome.Backwards => RegisterBackwards,
        RegisterOutcome.SameInstant => RegisterSameInstant,
        RegisterOutcome.OutOfRange => RegisterOutOfRange,
        RegisterOutcome.BeforeHistory => RegisterBeforeHistory,
        _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome, "An accepted reading has no reason."),
    };

    public static string Describe(string reason) => ExpressionFaults.Holds(reason)
        ? ExpressionFaults.Describe(reason, null)
        : Texts.GetValueOrDefault(reason, reason);

    /// <summary>Said of an event that counts in the bucket of all other values.</summary>
    public static string Folded(string dimension) =>
        $"The value of the dimension '{dimension}' is none that the meter tells apart; it counts with all others.";
}
