using System.Collections.Frozen;
using NodaTime;
using OrleansBilling.Core.Allowances;
using OrleansBilling.Core.Amounts;
using OrleansBilling.Core.Devices;
using OrleansBilling.Core.Expressions;
using OrleansBilling.Core.Periods;
using OrleansBilling.Core.Pricing;
using OrleansBilling.Core.Usage;

namespace OrleansBilling.Core.Rating;

/// <summary>A valid plan made ready for rating: the hot path looks nothing up by name but the meter.</summary>
/// <remarks>Immutable; safe to share between threads.</remarks>
public sealed partial class CompiledPlan
{
    private readonly FrozenDictionary<string, CompiledCharge[]> _byMeter;

    private readonly RatingRoom?[] _room;

    private readonly CompiledLookups? _lookups;

    private CompiledPlan(PlanDefinition definition, CompiledCharge[] compiled, PlanOverrides? overrides, PhaseDefinition? phase)
    {
        Definition = definition;
        Overrides = overrides;
        Phase = phase;
        Currency = Currency.FromCode(definition.Currency);
        Compiled = compiled;
        Presences = [.. compiled.SelectMany(charge => charge.Presences)];
        Covers = [.. compiled.Where(charge => charge.Allowances?.IsByDevice == true)
            .Select(charge => new DeviceCover(charge.Index, charge.Allowances!))];
        _room = [.. compiled.Select(charge => charge.Meter is null ? null : new RatingRoom(this, charge))];
        _lookups = definition.Lookups.Count == 0 ? null : new(definition.Lookups);
        RollsOver = definition.Charges.Any(charge => charge.Allowances.Any(a => a.RollOver is not null));
        Merges = compiled.Any(charge => charge.IsShared);
        _byMeter = compiled.Where(charge => charge.Meter is not null).GroupBy(charge => charge.Meter!.Id)
            .ToFrozenDictionary(group => group.Key, group => group.ToArray(), StringComparer.Ordinal);
    }

    /// <summary>The tax class of a charge; null where the plan says none.</summary>
    public string? TaxClassOf(string charge) => Definition.Charges.FirstOrDefault(c => c.Id == charge)?.TaxClass;

    /// <summary>The phase that the subscription is in; null: none.</summary>
    public PhaseDefinition? Phase { get; }

    /// <summary>The plan, with the terms of the phase and then the overrides applied.</summary>
    public PlanDefinition Definition { get; }

    /// <summary>What a subscription agreed otherwise than the published plan; null: nothing.</summary>
    public PlanOverrides? Overrides { get; }

    /// <summary>The currency of every amount.</summary>
    public Currency Currency { get; }

    /// <summary>The ids of the meters that charges name.</summary>
    public IReadOnlyCollection<string> Meters => _byMeter.Keys;

    /// <summary>Buckets that count devices instead of usage; what each device adds is for <see cref="Presence"/> to say.</summary>
    public IReadOnlyList<(BucketKey Key, PresenceRule Rule)> Presences { get; }

    /// <summary>What charges count of each device by itself because it has a quantity or a limit of its own.</summary>
    public IReadOnlyList<DeviceCover> Covers { get; }

    /// <summary>Of one charge; null where devices have nothing of their own.</summary>
    public DeviceCover? CoverOf(int charge) => Covers.Count == 0 ? null : Covers.FirstOrDefault(cover => cover.Charge == charge);

    /// <summary>Whether some pool's rest is carried into the next period.</summary>
    public bool RollsOver { get; }

    /// <summary>Whether some charge merges the usage of a subscription instead of adding it.</summary>
    public bool Merges { get; }

    /// <summary>In the order of the plan.</summary>
    internal IReadOnlyList<CompiledCharge> Compiled { get; }

    /// <summary>Compiles a plan.</summary>
    /// <param name="plan">Valid; see <see cref="PlanValidator"/>.</param>
    /// <param name="meter">Finds a meter by id.</param>
    /// <param name="overrides">Valid for the plan; see <see cref="PlanOverridesValidator"/>.</param>
    /// <param name="phase">Index of the phase that the subscription is in; null: none.</param>
    /// <exception cref="ArgumentException">The plan is not valid; the message has the first error.</exception>
    public static CompiledPlan Compile(
        PlanDefinition plan, Func<string, MeterDefinition?> meter, PlanOverrides? overrides = null, int? phase = null)
    {
        var terms = phase is { } index ? plan.Phases[index] : null;
        plan = terms?.Terms.ApplyTo(plan) ?? plan;
        plan = overrides?.ApplyTo(plan) ?? plan;
        if (terms is not null || overrides is not null)
        {
            // Each phase was judged beside the plan as published; what is compiled is one of them.
            plan = plan with { Phases = [] };
        }

        if (PlanValidator.Validate(plan, meter) is [var error, ..])
        {
            throw new ArgumentException(
                $"Plan '{plan.Id}' is not valid: {error.Pointer}: {error.Code}: {error.Message}", nameof(plan));
        }

        return new(plan, [.. plan.Charges.Select((charge, index) =>
            new CompiledCharge(index, charge, charge.Meter is null ? null : meter(charge.Meter)))], overrides, terms);
    }

    /// <summary>Whether some charge of the plan names the meter.</summary>
    public bool Charges(string meter) => _byMeter.ContainsKey(meter);

    /// <summary>What one usage event adds to the totals. Deterministic; takes no notice of any other usage.</summary>
    /// <param name="meter">The event's meter.</param>
    /// <param name="time">When it was used.</param>
    /// <param name="quantity">In the meter's unit.</param>
    /// <param name="dimensions">Of the event.</param>
    /// <param name="zone">The subscription's zone.</param>
    /// <param name="into">Contributions are appended, at most one per charge; nothing is when there is a
    /// reason.</param>
    /// <returns>Null, one of <see cref="RatingReasons"/>, or of <see cref="ExpressionFaults"/>. An event that no charge's filter wants is fine and adds
    /// nothing.</returns>
    public string? Contribute(
        string meter,
        Instant time,
        decimal quantity,
        IReadOnlyList<KeyValuePair<string, string>> dimensions,
        DateTimeZone zone,
        List<Contribution> into)
    {
        if (!_byMeter.TryGetValue(meter, out var charges))
        {
            return RatingReasons.NoChargeForMeter;
        }

        if (!QuantityLimits.Allows(quantity))
        {
            return RatingReasons.QuantityOutOfRange;
        }

        var sent = dimensions; // Values are counted as they were sent, whatever the plan turns them into.
        dimensions = _lookups?.Apply(dimensions) ?? dimensions;
        var before = into.Count;
        foreach (var charge in charges)
        {
            if (!charge.Wants(quantity, dimensions, out var fault))
            {
                if (fault is null)
                {
                    continue;
                }

                into.RemoveRange(before, into.Count - before);
                return fault.Code;
            }

            if (charge.Contribute(time, quantity, dimensions, sent, zone, out var contribution) is { } reason)
            {
                into.RemoveRange(before, into.Count - before);
                return reason;
            }

            into.Add(contribution);
        }

        return null;
    }

    /// <summary>Why a filter cannot tell whether its charge counts an event; null when every one can. The reason of
    /// <see cref="Contribute"/> with all there is to say of it.</summary>
    public ExpressionFault? Fault(string meter, decimal quantity, IReadOnlyList<KeyValuePair<string, string>> dimensions)
    {
        dimensions = _lookups?.Apply(dimensions) ?? dimensions;
        foreach (var charge in _byMeter.GetValueOrDefault(meter) ?? [])
        {
            _ = charge.Wants(quantity, dimensions, out var fault);
            if (fault is not null)
            {
                return fault;
            }
        }

        return null;
    }

    /// <summary>Whether a total of usage can be rated exactly, also when every other partition has as much.</summary>
    /// <remarks>Cheap for what meters report; what is near the limits of a decimal is tried.</remarks>
    public bool CanRate(BucketKey key, in BucketTotal total) =>
        _room[key.Charge] is not { } room || Compiled[key.Charge].RowOf(key.Bucket) is not (>= 0 and var row) || room.Has(row, total);

    /// <summary>Whether a charge adds event to event, so that a device's part is the sum of its events'.</summary>
    public bool AddsEvents(string charge) =>
        Compiled.FirstOrDefault(c => c.Definition.Id == charge) is { Kind: AggregationKind.Sum, Meter.Lasts: false } found
        && (!found.PerDevice || (found.Allowances is not null && found.Definition.PerDevice is null));

    /// <summary>How many different values a usage charge's meter tells apart in one bucket.</summary>
    public int DistinctLimitOf(int charge) => Compiled[charge].Meter?.DistinctLimit ?? Aggregate.MaxDistinct;

    /// <summary>The priced unit of a usage charge that packs can be for: one price, for a quantity; null where there is no such charge.</summary>
    public Unit? PackUnitOf(string charge) =>
        Compiled.FirstOrDefault(c => c.Definition.Id == charge) is { } found && UsageRating.TakesPacks(found) ? found.PricedUnit : null;

    /// <summary>The unit in which a usage charge's totals are kept.</summary>
    /// <exception cref="ArgumentException">The plan has no such usage charge.</exception>
    public string MeterUnitOf(string charge) =>
        Compiled.FirstOrDefault(c => c.Definition.Id == charge)?.MeterUnit?.Symbol
        ?? throw new ArgumentException($"The plan has no usage charge '{charge}'.", nameof(charge));

    /// <summary>The name of a window or band, for people; empty where the charge has a single price.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The plan has no such bucket.</exception>
    public string BucketName(BucketKey key) => key.Charge >= 0 && key.Charge < Compiled.Count
        ? Compiled[key.Charge].BucketName(key.Bucket)
        : throw new ArgumentOutOfRangeException(nameof(key), key, "The plan has no such charge.");

    /// <summary>Where the quantity that rounding added to a bucket is totalled.</summary>
    public BucketKey CompanionOf(BucketKey key, Companion companion) =>
        key with { Bucket = Compiled[key.Charge].CompanionOf(key.Bucket, companion) };

    /// <summary>What one device's usage of a bucket counts for, in the meter's unit.</summary>
    /// <param name="charge">Index of a charge whose contributions are per device.</param>
    /// <param name="state">All the device's usage of the bucket, merged; null: none.</param>
    public DeviceQuantity QuantityOf(int charge, Aggregate? state)
    {
        var quantity = state?.Quantity ?? 0m;
        var counted = Compiled[charge].Definition.PerDevice?.Apply(quantity) ?? quantity;
        return new(counted, counted - quantity);
    }

    /// <summary>A quantity of totals in the unit that the charge is priced in.</summary>
    /// <param name="charge">Index of a usage charge.</param>
    /// <param name="quantity">In the unit of totals.</param>
    /// <param name="period">The billing period, whose length an average level is divided by.</param>
    /// <returns>Rounded half even to 12 places where it has no finite decimal.</returns>
    public decimal Priced(int charge, decimal quantity, BillingPeriod period)
    {
        _ = Compiled[charge].TryConvert(quantity, UsageRating.SecondsOf(period), out var priced);
        return priced;
    }

    /// <summary>An allowance by its id; null when the charge has none of it.</summary>
    internal ChargeAllowance? Find(string charge, string allowance) =>
        Definition.Charges.FirstOrDefault(c => c.Id == charge)?.Allowances.FirstOrDefault(a => a.Id == allowance);

    /// <summary>The meter of some charge; null when no charge names it.</summary>
    internal MeterDefinition? Meter(string id) => _byMeter.TryGetValue(id, out var charges) ? charges[0].Meter : null;

    /// <summary>Whether usage totals may have this key.</summary>
    internal bool HasBucket(BucketKey key) =>
        key.Charge >= 0 && key.Charge < Compiled.Count && Compiled[key.Charge] is var charge
        && ((charge.Meter is not null && charge.Has(key.Bucket))
            || charge.Presences.Any(presence => presence.Key == key));

    /// <summary>Whether some charge of a meter has prices that depend on the time of an event, or the meter itself does.</summary>
    internal bool NeedsTime(string meter) => _byMeter.TryGetValue(meter, out var charges)
        && charges.Any(charge => charge.Definition.TimeOfUse is not null || charge.Definition.Schedule is not null
            || charge.Meter!.Lasts);
}
