using NodaTime;
using OrleansBilling.Core.Allowances;
using OrleansBilling.Core.Amounts;
using OrleansBilling.Core.Devices;
using OrleansBilling.Core.Expressions;
using OrleansBilling.Core.Pricing;
using OrleansBilling.Core.Usage;

namespace OrleansBilling.Core.Rating;

/// <summary>One charge made ready: what an event adds, and which price each bucket has.</summary>
internal sealed class CompiledCharge
{
    private readonly CompiledWindows? _windows;
    private readonly CompiledSchedule? _schedule;
    private readonly bool _countsEvents;
    private readonly PerEventRule? _perEvent;
    private readonly decimal?[] _linearPrices;
    private readonly EventPrice?[] _eventPrices;
    private readonly PriceBuckets _buckets;
    private readonly Expression<bool>? _filter;

    internal CompiledCharge(int index, ChargeDefinition definition, MeterDefinition? meter)
    {
        Index = index;
        Definition = definition;
        Meter = definition.Kind == ChargeKind.Usage ? meter : null;
        if (Meter is not null)
        {
            _countsEvents = definition.Of == UsageBasis.Events || Meter.Counts;
            MeterUnit = definition.Of == UsageBasis.Events
                ? Unit.Parse(definition.Unit ?? "events")
                : Unit.Parse(Meter.Integrates ? Meter.Unit + Unit.TimesSeconds : Meter.Unit);
            Kind = definition.Of == UsageBasis.Events ? AggregationKind.Sum : Meter.Kind;
            PerDevice = definition.PerDevice is not null || (Kind != AggregationKind.Sum && Meter.Per is not null);
            PricedUnit = definition.Unit is { } priced ? Unit.Parse(priced) : Averages(Meter) ? Unit.Parse(Meter.Unit) : MeterUnit;
            IsAverage = Averages(Meter) && !Unit.Converts(MeterUnit, PricedUnit);
        }

        _perEvent = definition.PerEvent;
        _filter = definition.Filter is { } filter ? Expression.Checked(Expression.Truth(filter, out var error), error) : null;
        _buckets = new(Prices(definition));
        if (definition.Allowances.Count > 0)
        {
            Allowances = new(index, definition, Buckets.Count, MeterUnit!, PricedUnit!);
            PerDevice |= Allowances.IsByDevice;
        }

        _windows = definition.TimeOfUse is { } timeOfUse ? new(timeOfUse) : null;
        _eventPrices = [.. Buckets.Select(bucket => EventPrice.Of(bucket.Price))];
        _linearPrices = [.. Buckets.Select(bucket => LinearPrice.Of(bucket.Price, this))];
        _schedule = definition.Schedule is { } schedule ? new(schedule, LinearPrice.Ratio(this)) : null;
        Presence = CompiledPresence.Of(definition);
    }

    internal int Index { get; }

    internal ChargeDefinition Definition { get; }

    /// <summary>Null for charges that are not for usage.</summary>
    internal MeterDefinition? Meter { get; }

    /// <summary>The unit of totals; only of usage charges.</summary>
    internal Unit? MeterUnit { get; }

    /// <summary>The unit of prices; only of usage charges.</summary>
    internal Unit? PricedUnit { get; }

    /// <summary>Whether the integral of a level is divided by the seconds of the period, because it is priced in the level's own
    /// unit.</summary>
    internal bool IsAverage { get; }

    /// <summary>Whether it counts events, whatever their values.</summary>
    internal bool CountsEvents => _countsEvents;

    /// <summary>Windows, bands, rows of a matrix, or the single price, by bucket index.</summary>
    internal IReadOnlyList<(string Name, PriceDefinition? Price)> Buckets => _buckets.All;

    /// <summary>How it counts devices; null where it does not.</summary>
    internal PresenceRule? Presence { get; }

    /// <summary>Buckets that count devices.</summary>
    internal IEnumerable<(BucketKey Key, PresenceRule Rule)> Presences =>
        Presence is not null ? [(PresenceKey, Presence)] : Allowances?.Presences ?? [];

    /// <summary>The bucket of devices: behind those of usage.</summary>
    internal BucketKey PresenceKey => new(Index, Meter is null ? 0 : Buckets.Count);

    /// <summary>Several allowances; null where it has none, or a single pool.</summary>
    internal CompiledAllowances? Allowances { get; }

    /// <summary>How events become one quantity.</summary>
    internal AggregationKind Kind { get; }

    /// <summary>Whether every device has a quantity of its own before devices are added up.</summary>
    internal bool PerDevice { get; }

    /// <summary>Whether the subscription's usage is merged, not added.</summary>
    internal bool IsShared => Kind != AggregationKind.Sum && !PerDevice;

    /// <summary>Whether the totals hold amounts already.</summary>
    internal bool PricesEvents => _schedule is { ByBand: false };

    internal string BucketName(int bucket) => bucket >= 0 && bucket < Buckets.Count
        ? Buckets[bucket].Name
        : throw new ArgumentOutOfRangeException(nameof(bucket), bucket,
            $"Charge '{Definition.Id}' has no such bucket.");

    /// <summary>Whether totals may have this bucket: a price's, or a companion of one that some rounding fills.</summary>
    internal bool Has(int bucket)
    {
        if (bucket < Buckets.Count)
        {
            return bucket >= 0;
        }

        return ((bucket - 1) / Buckets.Count) switch
        {
            _ when Allowances?.Buckets.Has(bucket) == true => true,
            (int)Companion.Events => _perEvent?.Rounding is not null || Definition.PerSession is not null,
            (int)Companion.Devices => Definition.PerDevice is not null,
            _ => false,
        };
    }

    /// <summary>The buckets that a bucket shares tiers with, itself included; empty where its tiers are its own.</summary>
    internal Range Shared(int bucket) => _buckets.Shared(bucket);

    /// <summary>The price of the usage that a bucket totals; -1 for buckets of anything else.</summary>
    internal int RowOf(int bucket) => Allowances is { } allowances ? allowances.Buckets.RowOf(bucket)
        : bucket < Buckets.Count ? bucket
        : -1;

    /// <summary>Whether it counts usage of these dimensions; of usage that lasts, which no expression filters.</summary>
    internal bool Wants(IReadOnlyList<KeyValuePair<string, string>> dimensions) => MatchesAll(Definition.Where, dimensions);

    /// <summary>Whether it counts an event; false with a fault when its filter cannot tell.</summary>
    internal bool Wants(decimal quantity, IReadOnlyList<KeyValuePair<string, string>> dimensions, out ExpressionFault? fault)
    {
        fault = null;
        return _filter is null
            ? MatchesAll(Definition.Where, dimensions)
            : _filter.TryEvaluate(quantity, dimensions, out var wanted, out fault) && wanted;
    }

    internal static bool MatchesAll(
        IReadOnlyList<WhereClause> clauses, IReadOnlyList<KeyValuePair<string, string>> dimensions)
    {
        for (var i = 0; i < clauses.Count; i++)
        {
            if (!Matches(clauses[i], dimensions))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Where a bucket's quantity added by rounding is totalled.</summary>
    /// <remarks>Behind the buckets of usage and the one of devices.</remarks>
    internal int CompanionOf(int bucket, Companion companion) => RowOf(bucket) + (Buckets.Count * (int)companion) + 1;

    /// <summary>The largest quantity of one event that counts for at most so much.</summary>
    internal decimal LargestCounting(decimal limit) => _countsEvents
        ? limit >= 1m ? decimal.MaxValue : 0m
        : PerEvent.LargestCounting(_perEvent, limit);

    /// <summary>Until when an event that begins at an instant has the same prices: at most <paramref name="until"/>, to the second.</summary>
    internal Instant SamePriceUntil(Instant from, Instant until, DateTimeZone zone, Duration step)
    {
        var place = Place(from, zone);
        var same = from;
        for (var next = from + step; same < until; next = same + step)
        {
            next = Instant.Min(next, until);
            if (Place(next, zone) == place)
            {
                same = next;
                continue;
            }

            return step > Duration.FromSeconds(1) ? SamePriceUntil(same, next, zone, Duration.FromSeconds(1)) : next;
        }

        return until;
    }

    internal string? Contribute(
        Instant time,
        decimal quantity,
        IReadOnlyList<KeyValuePair<string, string>> dimensions,
        IReadOnlyList<KeyValuePair<string, string>> sent,
        DateTimeZone zone,
        out Contribution contribution)
    {
        contribution = default;
        var counted = _countsEvents ? 1m : PerEvent.Apply(_perEvent, quantity);
        var bucket = Place(time, zone);
        if (bucket < 0)
        {
            return RatingReasons.NoPriceAtTime;
        }

        var reason = PricesEvents
            ? ContributeAmount(bucket, counted, out contribution)
            : ContributeQuantity(_buckets.Find(_schedule?.BandOf(bucket) ?? bucket, dimensions), counted, out contribution);
        if (reason is not null)
        {
            return reason;
        }

        if (Allowances is { HasScopes: true } allowances)
        {
            contribution = contribution with { Key = allowances.Key(allowances.UsageOf(contribution.Key.Bucket, dimensions)) };
        }

        if (_perEvent?.Rounding is not null && !IsShared)
        {
            contribution = contribution with { Added = counted - PerEvent.BeforeRounding(_perEvent, quantity) };
        }

        return Kind == AggregationKind.Sum && !PerDevice ? null : Merge(time, counted, sent, ref contribution);
    }

    /// <summary>The window or entry of an instant; -1 where there is none.</summary>
    private int Place(Instant time, DateTimeZone zone) => _windows?.Find(time, zone) ?? _schedule?.Find(time) ?? 0;

    /// <summary>The first instant after another one at which the price may be another; <see cref="Instant.MaxValue"/> when there is
    /// none.</summary>
    internal Instant NextBorder(Instant time, DateTimeZone zone) =>
        _windows?.NextBorder(time, zone) ?? _schedule?.NextBorder(time) ?? Instant.MaxValue;

    /// <summary>A total in the priced unit.</summary>
    /// <param name="quantity">In the meter's unit.</param>
    /// <param name="seconds">Of the period, for averages.</param>
    /// <param name="converted">When there is no finite decimal of 12 places, rounded half even to that many.</param>
    /// <returns>True when it is exact.</returns>
    internal bool TryConvert(decimal quantity, decimal seconds, out decimal converted)
    {
        if (!IsAverage)
        {
            return Unit.TryConvert(quantity, MeterUnit!, PricedUnit!, out converted);
        }

        var (from, to) = (MeterUnit!.Factor, ExactMath.Multiply(PricedUnit!.Factor, seconds));
        var exact = ExactMath.TryDivide(ExactMath.Multiply(quantity, from), to, out var quotient);
        converted = DecimalText.Normalize(quotient);
        exact &= converted.Scale <= QuantityLimits.MaxFractionalDigits;
        converted = exact ? converted : decimal.Round(quotient, QuantityLimits.MaxFractionalDigits, MidpointRounding.ToEven);
        return exact;
    }

    private bool Averages(MeterDefinition meter) => meter.Integrates && !_countsEvents;

    /// <summary>Usage that is merged, not added, in the bucket already found.</summary>
    private string? Merge(
        Instant time, decimal counted, IReadOnlyList<KeyValuePair<string, string>> sent, ref Contribution contribution)
    {
        var distinct = Kind == AggregationKind.Unique ? Find(sent, Meter!.UniqueOf!) : null;
        if (Kind == AggregationKind.Unique && distinct is null)
        {
            contribution = default;
            return RatingReasons.DimensionMissing;
        }

        contribution = contribution with
        {
            Quantity = 0m, UnroundedCharge = null, PerDevice = PerDevice,
            Aggregate = Aggregate.Of(Kind, counted, time, distinct),
        };
        return null;
    }

    /// <summary>At a direct price of the schedule.</summary>
    private string? ContributeAmount(int entry, decimal counted, out Contribution contribution)
    {
        contribution = default;
        if (!_schedule!.TryAmount(entry, counted, out var amount))
        {
            return RatingReasons.Inexact;
        }

        contribution = new(new(Index, 0), counted, amount, LinearPrice.Discounted(amount, this));
        return null;
    }

    /// <summary>At the price of a bucket; -1 where no row of the matrix wants the event.</summary>
    private string? ContributeQuantity(int bucket, decimal counted, out Contribution contribution)
    {
        contribution = default;
        if (bucket < 0)
        {
            return RatingReasons.NoPriceForDimensions;
        }

        if (_eventPrices[bucket] is { } price)
        {
            if (!price.TryAmount(counted, out var amount))
            {
                return RatingReasons.Inexact;
            }

            contribution = new(
                new(Index, bucket), counted, price.IsAmount ? amount : 0m, LinearPrice.Discounted(amount, this));
            return null;
        }

        decimal? alone = _linearPrices[bucket] is { } factor && ExactMath.TryMultiply(counted, factor, out var exact)
            ? exact
            : null;
        contribution = new(new(Index, bucket), counted, 0m, alone);
        return null;
    }

    private static IEnumerable<(string Name, PriceDefinition? Price)> Prices(ChargeDefinition charge)
    {
        if (charge.TimeOfUse is { } timeOfUse)
        {
            var windows = timeOfUse.Windows.Select(w => (w.Name, (PriceDefinition?)w.Price));
            return timeOfUse.Otherwise is { } otherwise ? windows.Append((otherwise.Name, otherwise.Price)) : windows;
        }

        return charge.Schedule is { Entries: [{ Band: not null }, ..] } schedule
            ? schedule.Bands.Select(band => (band.Name, (PriceDefinition?)PerUnit(band.UnitPrice)))
            : [("", charge.Price)];
    }

    private static PriceDefinition PerUnit(decimal price) => new() { Model = PriceModel.PerUnit, UnitPrice = price };

    private static bool Matches(WhereClause clause, IReadOnlyList<KeyValuePair<string, string>> dimensions) =>
        Find(dimensions, clause.Dimension) is { } value && Contains(clause.Values, value);

    private static string? Find(IReadOnlyList<KeyValuePair<string, string>> dimensions, string name)
    {
        for (var i = 0; i < dimensions.Count; i++)
        {
            if (dimensions[i].Key == name)
            {
                return dimensions[i].Value;
            }
        }

        return null;
    }

    private static bool Contains(IReadOnlyList<string> values, string value)
    {
        for (var i = 0; i < values.Count; i++)
        {
            if (values[i] == value)
            {
                return true;
            }
        }

        return false;
    }
}
