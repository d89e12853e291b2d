using NodaTime;
using OrleansBilling.Contracts.Common;
using OrleansBilling.Contracts.Corrections;
using OrleansBilling.Core.Amounts;
using OrleansBilling.Core.Devices;
using OrleansBilling.Core.Rating;
using OrleansBilling.Core.Usage;
using OrleansBilling.Grains.Devices;
using OrleansBilling.Grains.Records;
using OrleansBilling.Grains.Tenants;

namespace OrleansBilling.Grains.Corrections;

/// <summary>Decides corrections: what may be corrected, and what the fact of it says.</summary>
internal static class CorrectionRules
{
    public const int MaxReason = 500;

    /// <summary>The same correction in the form that is stored and compared.</summary>
    public static UsageCorrection Normalized(UsageCorrection asked) => asked with
    {
        Value = asked.Value is { } value ? DecimalText.Normalize(value) : null,
        Dimensions = asked.Dimensions is { } all ? [.. all.OrderBy(d => d.Key, StringComparer.Ordinal)] : null,
        // Usage has ticks of 100 ns.
        Time = asked.Time is { } time ? Instant.FromUnixTimeTicks(time.ToUnixTimeTicks()) : null,
    };

    /// <summary>The answer that needs no archive; null when the event has to be looked at.</summary>
    public static CorrectionOutcome? Early(DeviceBook book, TenantCopy? tenant, int partition, UsageCorrection asked)
    {
        if (Fault(asked) is { } fault)
        {
            return Refused(CommandOutcome.Rejected, fault);
        }
        if (tenant is null || book.Device(tenant, asked.Device) is not { } device)
        {
            return Refused(CommandOutcome.NotFound, new("device.unknown", "No such device is registered.", "/device"));
        }
        if (book.Corrections.FindCorrection(device.Index, asked.Id) is { } known)
        {
            return CorrectionViews.Same(known.Fact.Asked, asked)
                ? new(CommandOutcome.Unchanged, null, CorrectionViews.Of(book, partition, known.Lsn, known.Fact))
                : Refused(CommandOutcome.Conflict, new(
                    "correction.conflict", "The device has another correction with this id; the first one counts. Send a new id.", "/id"));
        }
        var id = EventIdIndex.IdOf(device.Index, asked.Event);
        if (!book.EventIds.TryGet(id, out _))
        {
            return Refused(CommandOutcome.NotFound, new("usage.unknown", "The device has sent no event with this id.", "/event"));
        }
        return book.Corrections.Find(id) is { Current: null }
            ? Refused(CommandOutcome.Conflict, new(
                "correction.voided", "The event was voided; send what is right as an event with an id of its own.", "/event"))
            : null;
    }

    /// <summary>The version that an amendment asks for, before it is placed.</summary>
    /// <param name="before">What the event is now.</param>
    /// <param name="error">Why it cannot be.</param>
    public static UsageRecord Amended(
        DeviceBook book, UsageCorrection asked, in UsageRecord before, Instant now, out CommandError? error)
    {
        var meter = book.Meters[before.Meter];
        var after = before;
        (after.Quarantine, after.Time) = (null, asked.Time?.ToUnixTimeTicks() ?? before.Time);
        if (asked.Value is { } value)
        {
            (after.Value, after.Unit) = (value, asked.Unit == meter.Definition.Unit ? null : asked.Unit);
        }
        if (asked.Dimensions is { } dimensions)
        {
            after.Dimensions = dimensions.Length == 0 ? null : dimensions;
        }
        var refusal = UsageChecks.Refusal(
            new()
            {
                Id = after.EventId, Device = asked.Device, Meter = meter.Definition.Id, UnixTicks = after.Time, Value = after.Value,
                Unit = after.Unit, Dimensions = after.Dimensions,
            },
            meter, out _);
        error = refusal is { } refused ? new(refused.Code!, refused.Message!, PointerOf(refused.Code!))
            : after.Time > now.ToUnixTimeTicks() + DeviceBook.FutureLimit.BclCompatibleTicks
                ? new("usage.future", $"The time is more than 5 minutes ahead of the clock, which shows {now}.", "/time")
            : before.Quarantine is null && ContentOf(before) == ContentOf(after)
                ? new("correction.no_change", "The event says so already.")
            : null;
        return after;
    }

    /// <summary>The fact of a correction; or why there is none.</summary>
    /// <param name="position">Of the event as it was sent.</param>
    /// <param name="before">What the event is now.</param>
    public static (UsageCorrected? Fact, CorrectionOutcome? Refusal) Decide(
        DeviceBook book, TenantCopy tenant, UsageCorrection asked, long position, in UsageRecord before, CorrectionWatch watch, Instant now)
    {
        var meter = book.Meters[before.Meter];
        var device = book.Devices[before.Device];
        if (before.Quarantine is null && DeviceBook.IsFree(device, before.Time))
        {
            return (null, Refused(CommandOutcome.Conflict, new(
                "correction.in_test", "The device was in test and the event is free: there is nothing to take back or to change.", "/event")));
        }
        UsageRecord? after = null;
        if (asked.Action == CorrectionActions.Amend)
        {
            var amended = Amended(book, asked, before, now, out var error);
            error ??= book.Locate(ref amended) is { } nowhere ? new(nowhere, UsageReasons.Describe(nowhere), "/time")
                : device.StateAt(amended.Time).Activates() ? new(
                    "correction.not_active",
                    "The device was in test or ready for activation at that time: send the usage as an event of its own, which may make it active.",
                    "/time")
                : null;
            error ??= meter is { Cumulative: false, Lasts: false } && book.Unratable(amended) is { } unratable ? Unratable(book, amended, unratable) : null;
            if (error is not null)
            {
                return (null, Refused(CommandOutcome.Rejected, error));
            }
            after = amended;
        }
        var (was, time) = (UsageVersion.Of(before), Instant.FromUnixTimeTicks(before.Time));
        var fact = new UsageCorrected(
            tenant.Id, asked, meter.Definition.Id, now, position, Instant.FromUnixTimeTicks(before.ReceivedAt), was,
            was.Quarantine is null ? book.BilledNow(was.Terms, time) : 0, after is { } a ? UsageVersion.Of(a) : null,
            meter.Cumulative && was.Quarantine is null && watch.IsToldTwice(before.Device, before.Meter, time), []);
        if (meter.Lasts && was.Quarantine is null)
        {
            fact = fact with { Left = LastingLeft.Of(meter, before, watch) };
            if (!LastingLeft.IsWhole(book, before, fact.Left))
            {
                return (null, Refused(CommandOutcome.Conflict, new(
                    "correction.archive_incomplete",
                    "What is left of that instant is not known: the archive has not all of its raw events any more (13 months).", "/event")));
            }
        }
        var population = meter.Kind == AggregationKind.Sum ? null : watch.Population;
        if (population is not null)
        {
            fact = fact with { Recounts = Recount(book, population, before, after) };
        }
        var reason = fact.Recounts.Any(r => r.Told.Distinct?.Length > meter.Definition.DistinctLimit) ? UsageReasons.UniqueLimit : book.WhyNot(tenant, fact);
        if (reason is null)
        {
            watch.RemoveReading(before);
            if (after is { } reading)
            {
                watch.AddReading(reading);
            }
            return (fact, null);
        }
        if (population is not null)
        {
            TakeBack(book, population, before, after);
        }
        return (null, Refused(CommandOutcome.Rejected, new(reason, UsageReasons.Describe(reason))));
    }

    private static CommandError Unratable(DeviceBook book, UsageRecord amended, string reason)
    {
        amended.Quarantine = reason;
        return new(reason, book.Explain(amended)!);
    }

    public static CorrectionOutcome Refused(CommandOutcome outcome, CommandError error) => new(outcome, error, null);

    private static MergedAnew[] Recount(DeviceBook book, MergedPopulation population, in UsageRecord before, in UsageRecord? after)
    {
        var touched = new HashSet<MergedPopulation.Bucket>();
        if (before.Quarantine is null)
        {
            touched.UnionWith(population.Remove(book, before));
        }
        if (after is { } added)
        {
            touched.UnionWith(population.Add(book, added));
        }
        return [.. touched
            .OrderBy(b => b.Terms).ThenBy(b => b.UsagePeriod).ThenBy(b => b.Device).ThenBy(b => b.Key.Charge).ThenBy(b => b.Key.Bucket)
            .Select(population.Left)];
    }

    private static void TakeBack(DeviceBook book, MergedPopulation population, in UsageRecord before, in UsageRecord? after)
    {
        if (after is { } added)
        {
            population.Remove(book, added);
        }
        if (before.Quarantine is null)
        {
            population.Add(book, before);
        }
    }

    private static CommandError? Fault(UsageCorrection asked) =>
        !EntityId.IsValid(asked.Id) ? new("correction.id_invalid", "The id must have 1 to 128 printable characters.", "/id")
        : string.IsNullOrWhiteSpace(asked.Reason) || asked.Reason.Length > MaxReason
            ? new("correction.reason_required", $"Say why, in 1 to {MaxReason} characters.", "/reason")
        : asked.Action switch
        {
            CorrectionActions.Void when asked is { Value: null, Unit: null, Dimensions: null, Time: null } => null,
            CorrectionActions.Void => new("correction.void_with_changes", "A voided event has no value, unit, dimensions or time.", "/action"),
            CorrectionActions.Amend when asked is { Unit: not null, Value: null } =>
                new("correction.unit_without_value", "Give the value with its unit.", "/unit"),
            CorrectionActions.Amend when asked is { Value: null, Dimensions: null, Time: null } =>
                new("correction.nothing_to_amend", "Give a value, dimensions or a time.", ""),
            CorrectionActions.Amend => null,
            _ => new("correction.action_unknown", "The action is 'void' or 'amend'.", "/action"),
        };

    private static ulong ContentOf(in UsageRecord record) =>
        EventIdIndex.ContentOf(record.Meter, record.Time, record.Value, record.Unit, record.Dimensions);

    private static string? PointerOf(string code) => code switch
    {
        "usage.time_invalid" => "/time",
        "usage.value_out_of_range" or "usage.negative_quantity" => "/value",
        "usage.unit_mismatch" or "usage.unit_inexact" => "/unit",
        "usage.dimensions_invalid" or RatingReasons.DimensionMissing => "/dimensions",
        _ => null,
    };
}
