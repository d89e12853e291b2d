using NodaTime;
using OrleansBilling.Contracts.Common;
using OrleansBilling.Contracts.Partitions;
using OrleansBilling.Contracts.Reservations;
using OrleansBilling.Core.Amounts;
using OrleansBilling.Core.Reservations;
using OrleansBilling.Core.Usage;
using OrleansBilling.Grains.Devices;
using OrleansBilling.Grains.Partitions;
using OrleansBilling.Grains.Records;
using OrleansBilling.Grains.Subscriptions;

namespace OrleansBilling.Grains.Reservations;

/// <summary>
/// Decides about reservations in a turn of the subscription's partition: one at a time, so that two can never have the same quota.
/// See docs/adr/0023.
/// </summary>
internal static partial class ReservationRules
{
    /// <summary>Stable code where a limit on money needs a price that is not known before usage is made.</summary>
    public const string PriceUnknown = "reservation.price_unknown";

    /// <summary>Grants quota, or says why not; nothing is kept of a refusal.</summary>
    /// <param name="funds">How far the request has come with the customer's money.</param>
    /// <returns>Null while the customer is to be asked for money: then it is decided again.</returns>
    public static CommandResult<ReservationView>? Authorize(
        Partition.Turn turn, SubscriptionState subscription, string device, ReservationSpec spec, TimeProvider time, FundsRequest funds)
    {
        var now = Now(subscription, time);
        if (subscription.Reservations.Find(spec.Id) is { } known)
        {
            return known.Device == device && Same(known.Spec, spec)
                ? CommandResult.Unchanged(View(subscription, known, now))
                : CommandResult.Conflict<ReservationView>("reservation.exists", "This reservation id was used with other content.", "/id");
        }
        if (!EntityId.IsValid(spec.Id))
        {
            return Rejected("reservation.id_invalid", "The id must have 1 to 128 printable characters.", "/id");
        }
        if (LeaseError(spec.LeaseSeconds, "/leaseSeconds") is { } lease)
        {
            return CommandResult.Rejected<ReservationView>(lease);
        }
        if (subscription.Timeline.PauseAt(now) is { BillsUsage: false })
        {
            return CommandResult.Conflict<ReservationView>(UsageReasons.Paused, UsageReasons.Describe(UsageReasons.Paused));
        }
        if (PlaceAt(subscription, now) is not { } place)
        {
            return CommandResult.Conflict<ReservationView>("usage.subscription_inactive", UsageReasons.Describe(UsageReasons.SubscriptionInactive));
        }
        if (MeterOf(place, spec.Meter, out var meter) is { } unknown)
        {
            return CommandResult.Rejected<ReservationView>(unknown);
        }
        CommandError[] errors =
        [
            .. Listed(InMeterUnit(spec.Quantity, spec.Unit, meter!, "/quantity", zeroAllowed: false, out var wanted)),
            .. Listed(InMeterUnit(spec.Minimum ?? 0m, spec.Unit, meter!, "/minimum", zeroAllowed: true, out var least)),
        ];
        if (errors.Length > 0)
        {
            // A unit that does not fit is told once.
            return CommandResult.Rejected<ReservationView>([.. errors.Distinct()]);
        }
        if (subscription.Reservations.Count >= ReservationBook.Most)
        {
            return CommandResult.Conflict<ReservationView>(
                "reservation.too_many", $"The subscription has {ReservationBook.Most} reservations, those of the last ten minutes included.");
        }
        var use = new QuotaUse(spec.Meter, now, wanted, spec.Dimensions ?? []);
        var scene = place.Scene(subscription, subscription.Reservations.Held(place.Period.Index, place.Part.Segment.Number));
        var asks = subscription.HasFundsLimit && !funds.IsWaived;
        if ((asks || place.EndsAtMaximum) && MoneyRating.Unknown(scene, use) is { } unknownPrice)
        {
            return CommandResult.Conflict<ReservationView>(
                PriceUnknown, $"{(asks ? "The customer's money is limited" : "The plan's maximum ends reservations")}, "
                + $"and what charge '{unknownPrice}' comes to is not known before it is used.");
        }
        if ((asks ? FundsRules.Grant(subscription, place, use, now, funds) : Grant(subscription, place, use)) is not { } grant)
        {
            return null;
        }
        if (Refusal(grant, least, meter!.Unit) is { } refusal)
        {
            return refusal;
        }
        var expires = QuotaRating.SamePriceUntil(scene, use, LeaseEnd(subscription, place, now, spec.LeaseSeconds));
        var reservation = new Reservation(
            spec, device, place.Period.Index, place.Part.Segment.Number, now, expires, grant.Quantity, 0m, ReservedBucket.Of(grant.Holds),
            grant.LimitedBy, null, false, Limit: LimitOf(grant));
        turn.Append(new ReservationSet(subscription.Tenant.Id, subscription.Spec.Id, now, reservation));
        return CommandResult.Created(View(subscription, reservation, now));
    }

    /// <summary>Logs a report, or says why not. The usage itself is still to be made and settled where the answer is unsettled.</summary>
    public static CommandResult<ReservationView> Report(
        Partition.Turn turn, SubscriptionState subscription, string device, string id, ReservationUse use, TimeProvider time)
    {
        var now = Now(subscription, time);
        if (subscription.Reservations.Find(id) is not { } reservation || reservation.Device != device)
        {
            return Unknown(id);
        }
        if (reservation.Last?.Asked.Number == use.Number)
        {
            return reservation.Last.Asked == use
                ? CommandResult.Unchanged(View(subscription, reservation, now))
                : CommandResult.Conflict<ReservationView>("reservation.number_used", "This number was reported with other content.", "/number");
        }
        if (Refusal(subscription, reservation, use, now, out var place, out var quantity) is { } refusal)
        {
            return refusal;
        }
        var at = use.Time ?? now;
        var others = subscription.Reservations.Held(reservation.Period, reservation.Segment, without: reservation.Id);
        var scene = QuotaCeilings.Secured(place.Scene(subscription, others), reservation);
        var used = new QuotaUse(reservation.Spec.Meter, at, quantity, reservation.Spec.Dimensions ?? []);
        // Usage that has no price at that time is quarantined as any other is; it counts for nothing.
        var counted = quantity == 0m ? [] : QuotaRating.Count(scene, used, out _) ?? [];
        if (!Covers(reservation.Holds, counted) && !QuotaRating.Fits(scene, counted))
        {
            return CommandResult.Conflict<ReservationView>(
                "reservation.exceeded", "By its time or its rounding this usage counts for more than is reserved, and no more is left.", "/quantity");
        }
        var (left, kept) = use.Release ? (0m, []) : Rest(scene, reservation, used, counted);
        var next = reservation with
        {
            Left = left,
            Used = reservation.Used + quantity,
            Holds = ReservedBucket.Of(kept),
            IsReleased = use.Release,
            NextIsDue = false,
            Last = new(use, quantity, at, ReservedBucket.Of(counted), IsSettled: quantity == 0m, null, null),
        };
        next = next.IsUnsettled ? next : Renewed(subscription, next, now);
        turn.Append(new ReservationSet(subscription.Tenant.Id, subscription.Spec.Id, now, next));
        return CommandResult.Updated(View(subscription, next, now));
    }

    /// <summary>The usage of a report is in the subscription's totals: nothing is kept for it any more, and what is wanted next is granted.</summary>
    /// <param name="decided">Whether a new grant was decided on, or is due.</param>
    /// <returns>The reservation as it is then; null when it is not known any more.</returns>
    public static CommandResult<ReservationView>? Settle(
        Partition.Turn turn, SubscriptionState subscription, UnsettledReport report, string status, string? code, TimeProvider time,
        out bool decided)
    {
        decided = false;
        var now = Now(subscription, time);
        if (subscription.Reservations.Find(report.Reservation) is not { } reservation)
        {
            return null;
        }
        if (reservation.IsUnsettled && reservation.Last!.Asked.Number == report.Number)
        {
            decided = reservation.Last.Asked.Next is not null;
            var settled = reservation with { Last = reservation.Last with { IsSettled = true, Status = status, Code = code } };
            reservation = Renewed(subscription, settled, now);
            turn.Append(new ReservationSet(subscription.Tenant.Id, subscription.Spec.Id, now, reservation));
        }
        return CommandResult.Unchanged(View(subscription, reservation, now));
    }

    /// <summary>A reservation of a device.</summary>
    public static CommandResult<ReservationView> Find(SubscriptionState subscription, string device, string id, TimeProvider time)
    {
        if (subscription.ReservationsIfAny is not { } all)
        {
            return Unknown(id);
        }
        var now = Now(subscription, time);
        return all.Find(id) is { } known && known.Device == device ? CommandResult.Unchanged(View(subscription, known, now)) : Unknown(id);
    }

    /// <summary>As callers see it.</summary>
    private static ReservationView View(SubscriptionState subscription, Reservation reservation, Instant now)
    {
        var isOpen = !reservation.IsReleased && now < reservation.ExpiresAt;
        var meter = subscription.PlanOfSegment(reservation.Segment).Meters.First(m => m.Id == reservation.Spec.Meter);
        return new(
            reservation.Id, reservation.Device, subscription.Spec.Id, meter.Id, meter.Unit,
            isOpen ? "open" : reservation.IsReleased ? "released" : "expired", isOpen ? reservation.Left : 0m, reservation.Used,
            reservation.GrantedAt, reservation.ExpiresAt, reservation.LimitedBy, reservation.Last?.Asked.Number ?? 0,
            reservation.Last?.Status, reservation.Last?.Code,
            reservation.LimitedBy is null ? null : WordOf(reservation.EndedBy));
    }

    /// <summary>Never earlier than the last decision.</summary>
    private static Instant Now(SubscriptionState subscription, TimeProvider time)
    {
        var now = Instant.Max(subscription.Tenant.Now(time), subscription.Reservations.Clock);
        subscription.Reservations.Advance(now);
        return now;
    }

    public static CommandResult<ReservationView> Unknown(string id) => CommandResult.NotFound<ReservationView>(
        "reservation.unknown", $"The device has no reservation '{id}', or it was over more than ten minutes ago.");

    private static CommandResult<ReservationView>? Refusal(
        SubscriptionState subscription, Reservation reservation, ReservationUse use, Instant now, out QuotaPlace place, out decimal quantity)
    {
        (place, quantity) = (default!, 0m);
        if (use.Number != (reservation.Last?.Asked.Number ?? 0) + 1)
        {
            return CommandResult.Conflict<ReservationView>(
                "reservation.number_order", $"The next report has number {(reservation.Last?.Asked.Number ?? 0) + 1}.", "/number");
        }
        if (reservation.IsReleased)
        {
            return CommandResult.Conflict<ReservationView>("reservation.released", "The reservation was released.");
        }
        if (reservation.ExpiresAt <= now)
        {
            return CommandResult.Conflict<ReservationView>(
                "reservation.expired", $"The lease ended at {reservation.ExpiresAt}. Report what was used as any other usage.");
        }
        if (use.Next is { } next && LeaseError(next.LeaseSeconds, "/next/leaseSeconds") is { } lease)
        {
            return CommandResult.Rejected<ReservationView>(lease);
        }
        var at = use.Time ?? now;
        if (at < reservation.GrantedAt || at >= reservation.ExpiresAt || at > now + DeviceBook.FutureLimit)
        {
            return Rejected("reservation.time_invalid", $"The time must lie between {reservation.GrantedAt} and now.", "/time");
        }
        if (PlaceAt(subscription, at) is not { } found
            || (found.Period.Index, found.Part.Segment.Number) != (reservation.Period, reservation.Segment))
        {
            return CommandResult.Conflict<ReservationView>(
                "reservation.plan_changed", "The subscription has another plan, or ended, since; report the usage without the reservation.");
        }
        place = found;
        _ = MeterOf(found, reservation.Spec.Meter, out var meter);
        CommandError[] errors =
        [
            .. Listed(InMeterUnit(use.Quantity, use.Unit, meter!, "/quantity", zeroAllowed: true, out quantity)),
            .. use.Next is { } wanted ? Listed(InMeterUnit(wanted.Quantity, use.Unit, meter!, "/next/quantity", zeroAllowed: false, out _)) : [],
        ];
        if (errors.Length > 0)
        {
            return CommandResult.Rejected<ReservationView>([.. errors.Distinct()]);
        }
        return quantity <= reservation.Left ? null : CommandResult.Conflict<ReservationView>(
            "reservation.exceeded", $"Of the reservation {DecimalText.Format(reservation.Left)} {meter!.Unit} are left.", "/quantity");
    }

    /// <summary>Why less than the minimum, or nothing, cannot be granted; null when enough is.</summary>
    private static CommandResult<ReservationView>? Refusal(QuotaGrant grant, decimal least, string unit)
    {
        if (grant.Reason is { } reason)
        {
            return CommandResult.Conflict<ReservationView>(reason, UsageReasons.Describe(reason));
        }
        if (grant.Quantity > 0m && grant.Quantity >= least)
        {
            return null;
        }
        var limit = grant.Limit switch
        {
            QuotaLimit.Balance => $"The customer's money for charge '{grant.LimitedBy}'",
            QuotaLimit.Plan => $"The maximum of the plan for charge '{grant.LimitedBy}'",
            QuotaLimit.Customer => $"The customer's agreed maximum for charge '{grant.LimitedBy}'",
            _ => $"The limit of charge '{grant.LimitedBy}'",
        };
        return CommandResult.Conflict<ReservationView>(
            grant.Limit == QuotaLimit.Balance ? "reservation.balance_exhausted" : "reservation.limit_reached", grant.Quantity == 0m
                ? $"{limit} leaves nothing."
                : $"{limit} leaves {DecimalText.Format(grant.Quantity)} {unit}, less than the minimum asked for.");
    }

    /// <summary>What is granted where the customer is not asked.</summary>
    /// <param name="without">Id of the reservation that the grant is in place of; null for none.</param>
    private static QuotaGrant Grant(SubscriptionState subscription, QuotaPlace place, QuotaUse wanted, string? without = null)
    {
        var scene = place.Scene(subscription, subscription.Reservations.Held(place.Period.Index, place.Part.Segment.Number, without));
        return QuotaRating.Grant(QuotaCeilings.Under(subscription, place, scene, wanted), wanted);
    }

    private static QuotaLimit? LimitOf(QuotaGrant grant) => grant.LimitedBy is null ? null : grant.Limit;

    private static string WordOf(QuotaLimit limit) => limit switch
    {
        QuotaLimit.Balance => "balance",
        QuotaLimit.Plan => "plan",
        QuotaLimit.Customer => "customer",
        _ => "charge",
    };

    /// <summary>Whether buckets have as much together.</summary>
    private static bool Covers(ReservedBucket[] kept, IReadOnlyList<QuotaHold> needed) => needed.GroupBy(n => n.Key).All(n =>
        n.Sum(h => h.Quantity) <= kept.Where(k => k.Hold.Key == n.Key).Sum(k => k.Quantity));

    /// <summary>A lease ends with the period, with the plan, and with a pause: what comes then has limits of its own, or is kept back.</summary>
    private static Instant LeaseEnd(SubscriptionState subscription, QuotaPlace place, Instant now, int seconds)
    {
        var end = Instant.Min(now + Duration.FromSeconds(seconds), place.Part.Active.End);
        foreach (var pause in subscription.Timeline.Pauses ?? [])
        {
            end = pause is { BillsUsage: false } && pause.From > now ? Instant.Min(end, pause.From) : end;
        }
        return subscription.History?.OpenFrom is { } undecided ? Instant.Min(end, undecided) : end;
    }

    /// <summary>Period and plan of an instant; null when the subscription does not run then, or is paused.</summary>
    /// <exception cref="PartitionUnavailableException">A change of plan that concerns it is being decided.</exception>
    private static QuotaPlace? PlaceAt(SubscriptionState subscription, Instant at)
    {
        if (subscription.History?.OpenFrom <= at)
        {
            throw new PartitionUnavailableException("A change of the subscription is being decided; send the same request again.");
        }
        if (subscription.Timeline.PauseAt(at) is { BillsUsage: false })
        {
            return null;
        }
        var period = subscription.Calendar.PeriodAt(at);
        return subscription.Parts(period).FirstOrDefault(p => p.Active.Contains(at)) is { } part ? new(period, part) : null;
    }

    private static CommandError? MeterOf(QuotaPlace place, string id, out MeterDefinition? meter)
    {
        meter = Array.Find(place.Part.Plan.Meters, m => m.Id == id);
        return meter is null ? new("rating.no_charge_for_meter", "The subscription's plan has no charge for this meter.", "/meter")
            : meter.Cumulative is not null ? new(
                "reservation.cumulative_meter", "This meter reads registers; what a reading will be cannot be reserved.", "/meter")
            : meter is not { Value: null, Dimensions: null } ? new(
                "reservation.derived_meter",
                "This meter derives what its events come to from all that they say; what they will say cannot be reserved.", "/meter")
            : null;
    }

    private static CommandError? InMeterUnit(
        decimal value, string? unit, MeterDefinition meter, string pointer, bool zeroAllowed, out decimal quantity)
    {
        quantity = value;
        if (value < 0m || (value == 0m && !zeroAllowed) || !QuantityLimits.Allows(value))
        {
            return new("reservation.quantity_invalid",
                $"Give a quantity {(zeroAllowed ? "of zero or more" : "above zero")}, below 10^15, with at most 12 decimals.", pointer);
        }
        if (unit is null || unit == meter.Unit)
        {
            return null;
        }
        if (!Unit.TryParse(unit, out var from) || !Unit.Converts(from, Unit.Parse(meter.Unit)))
        {
            return new("usage.unit_mismatch", $"The unit does not convert to the meter's unit '{meter.Unit}'.", "/unit");
        }
        return Unit.TryConvert(value, from, Unit.Parse(meter.Unit), out quantity) && QuantityLimits.Allows(quantity)
            ? null
            : new("usage.unit_inexact", $"The quantity is no exact number of {meter.Unit}; send it in that unit.", pointer);
    }

    private static CommandError[] Listed(CommandError? error) => error is null ? [] : [error];

    private static CommandError? LeaseError(int seconds, string pointer) =>
        seconds is >= ReservationSpec.MinLease and <= ReservationSpec.MaxLease ? null : new(
            "reservation.lease_invalid", $"Give {ReservationSpec.MinLease} to {ReservationSpec.MaxLease} seconds.", pointer);

    private static bool Same(ReservationSpec a, ReservationSpec b) =>
        a with { Dimensions = null } == b with { Dimensions = null } && (a.Dimensions ?? []).SequenceEqual(b.Dimensions ?? []);

    private static CommandResult<ReservationView> Rejected(string code, string message, string pointer) =>
        CommandResult.Rejected<ReservationView>(new CommandError(code, message, pointer));
}
