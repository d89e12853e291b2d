using NodaTime;
using OrleansBilling.Contracts.Reservations;
using OrleansBilling.Core.Reservations;
using OrleansBilling.Grains.Partitions;
using OrleansBilling.Grains.Records;
using OrleansBilling.Grains.Subscriptions;

namespace OrleansBilling.Grains.Reservations;

/// <summary>What is left of a grant after a report, and the new grant that a report asks for.</summary>
internal static partial class ReservationRules
{
    /// <summary>What is left of the grant after a use. A grant is not taken back because others have used more meanwhile.</summary>
    private static (decimal Left, IReadOnlyList<QuotaHold> Holds) Rest(
        QuotaScene scene, Reservation reservation, QuotaUse used, IReadOnlyList<QuotaHold> counted)
    {
        var left = reservation.Left - used.Quantity;
        var rest = used with { Quantity = left };
        if (left == 0m || QuotaRating.Count(scene, rest, out _) is not { } holds)
        {
            return (0m, []);
        }
        if (Covers(reservation.Holds, [.. counted, .. holds]))
        {
            return (left, holds);
        }
        var held = new Dictionary<Core.Rating.BucketKey, decimal>(scene.Held);
        foreach (var hold in counted)
        {
            held[hold.Key] = held.GetValueOrDefault(hold.Key) + hold.Quantity;
        }
        var grant = QuotaRating.Grant(scene with { Held = held }, rest);
        return (grant.Quantity, grant.Holds);
    }

    /// <summary>With a new grant in place of what was left, where the report asked for one.</summary>
    private static Reservation Renewed(SubscriptionState subscription, Reservation reservation, Instant now)
    {
        if (reservation.IsReleased || reservation.Last!.Asked.Next is null)
        {
            return reservation;
        }
        if (subscription.HasFundsLimit)
        {
            return reservation with { NextIsDue = true };
        }
        return Next(subscription, reservation, now, out var place, out var use) is null
            ? Without(reservation)
            : Granted(subscription, reservation, place!, use!, now, Grant(subscription, place!, use!, reservation.Id));
    }

    /// <summary>Decides on the new grant that a report asked for, once the customer has answered about the money.</summary>
    /// <returns>False while the customer is to be asked.</returns>
    public static bool Renew(Partition.Turn turn, SubscriptionState subscription, string id, TimeProvider time, FundsRequest funds)
    {
        var now = Now(subscription, time);
        if (subscription.Reservations.Find(id) is not { NextIsDue: true, IsUnsettled: false } reservation)
        {
            return true;
        }
        var renewed = Without(reservation);
        if (reservation.ExpiresAt > now && Next(subscription, reservation, now, out var place, out var use) is not null)
        {
            if (FundsRules.Grant(subscription, place!, use!, now, funds, reservation.Id) is not { } grant)
            {
                return false;
            }
            renewed = Granted(subscription, reservation, place!, use!, now, grant);
        }
        turn.Append(new ReservationSet(subscription.Tenant.Id, subscription.Spec.Id, now, renewed));
        return true;
    }

    private static Reservation Without(Reservation reservation) => reservation with { Left = 0m, Holds = [], NextIsDue = false };

    private static Reservation Granted(
        SubscriptionState subscription, Reservation reservation, QuotaPlace place, QuotaUse use, Instant now, QuotaGrant grant) => reservation with
    {
        Left = grant.Quantity,
        Holds = ReservedBucket.Of(grant.Holds),
        LimitedBy = grant.LimitedBy,
        ByMoney = false,
        Limit = LimitOf(grant),
        NextIsDue = false,
        ExpiresAt = QuotaRating.SamePriceUntil(
            place.Scene(subscription, []), use, LeaseEnd(subscription, place, now, reservation.Last!.Asked.Next!.LeaseSeconds)),
    };

    /// <summary>What the last report wants next; null when its period or plan is over.</summary>
    private static ReservationNext? Next(
        SubscriptionState subscription, Reservation reservation, Instant now, out QuotaPlace? place, out QuotaUse? use)
    {
        (place, use) = (PlaceAt(subscription, now), null);
        if (place is null || (place.Period.Index, place.Part.Segment.Number) != (reservation.Period, reservation.Segment))
        {
            return null;
        }
        _ = MeterOf(place, reservation.Spec.Meter, out var meter);
        var next = reservation.Last!.Asked.Next!;
        _ = InMeterUnit(next.Quantity, reservation.Last.Asked.Unit, meter!, "", zeroAllowed: false, out var wanted);
        use = new(reservation.Spec.Meter, now, wanted, reservation.Spec.Dimensions ?? []);
        return next;
    }
}
