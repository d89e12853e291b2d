using OrleansBilling.Contracts.Usage;
using OrleansBilling.Grains.Subscriptions;

namespace OrleansBilling.Grains.Reservations;

/// <summary>A logged report whose usage may not have reached its device.</summary>
/// <param name="Reservation">Id of the reservation.</param>
/// <param name="Number">Of the report.</param>
/// <param name="Event">The usage that it becomes.</param>
internal sealed record UnsettledReport(string Reservation, int Number, UsageEvent Event)
{
    /// <summary>The last report of a reservation; null when there is nothing left to do for it.</summary>
    public static UnsettledReport? Of(SubscriptionState? subscription, string reservation) =>
        subscription?.ReservationsIfAny?.Find(reservation) is { IsUnsettled: true } found
            ? new(reservation, found.Last!.Asked.Number, found.Event())
            : null;
}
