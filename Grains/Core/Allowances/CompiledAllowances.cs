using OrleansBilling.Core.Amounts;
using OrleansBilling.Core.Devices;
using OrleansBilling.Core.Pricing;
using OrleansBilling.Core.Rating;
using OrleansBilling.Core.Usage;

namespace OrleansBilling.Core.Allowances;

/// <summary>The allowances of a charge in the order in which they are used, and where their totals are.</summary>
/// <remarks>Rule: ADR 0022. All of it is a function of totals, so the order in which usage arrives makes no difference.</remarks>
internal sealed class CompiledAllowances
{
    /// <summary>More than what cutting some quantities at their 12th place changes, less than anybody sells.</summary>
    private const decimal Speck = 0.00000000001m;

    /// <summary>What the cuts of a few allowances at the 12th place add at most, and the places of a quantity that is short beside it.</summary>
    private const decimal CutSpeck = 0.000000000005m;
    private const int ShortPlaces = 9;

    private readonly int _charge;
    private readonly IReadOnlyList<IReadOnlyList<WhereClause>> _scopes;
    private readonly Unit _metered;
    private readonly Unit _priced;

    internal CompiledAllowances(int charge, ChargeDefinition definition, int rows, Unit metered, Unit priced)
    {
        (_charge, _metered, _priced) = (charge, metered, priced);
        _scopes = AllowanceScopes.Of(definition.Allowances);
        Buckets = new(rows, _scopes.Count, definition.Allowances.Count);
        string[] keys = [.. _scopes.Select(AllowanceScopes.Key)];
        InOrder =
        [
            .. definition.Allowances.Select((terms, number) => new CompiledAllowance(
                    number, terms, terms.Where.Count == 0 ? null : Array.IndexOf(keys, AllowanceScopes.Key(terms.Where)),
                    terms.IsPerDevice ? CompiledPresence.Of(terms) : null))
                .OrderBy(a => a.Terms.Kind).ThenBy(a => a.Terms.Priority)
                .ThenByDescending(a => a.Terms.Where.Count).ThenBy(a => a.Terms.Where.Sum(clause => clause.Values.Count)),
        ];
        OfDevices = [.. InOrder.Where(a => a.Terms.Kind == AllowanceKind.Device)];
        Pools = [.. InOrder.Where(a => a.Terms.Kind != AllowanceKind.Device)];
        (Limit, IsLimitExact) = definition.PoolLimitPerDevice is { } limit ? Brought(limit, 1, 1m) : ((decimal?)null, true);
    }

    internal AllowanceBuckets Buckets { get; }

    /// <summary>In the order of use.</summary>
    internal IReadOnlyList<CompiledAllowance> InOrder { get; }

    /// <summary>Of each device, in the order of use.</summary>
    internal IReadOnlyList<CompiledAllowance> OfDevices { get; }

    /// <summary>Of all devices together, in the order of use.</summary>
    internal IReadOnlyList<CompiledAllowance> Pools { get; }

    /// <summary>What one device can use of the pools, in the meter's unit; null: all.</summary>
    internal decimal? Limit { get; }

    /// <summary>Whether <see cref="Limit"/> was not cut at its last place.</summary>
    internal bool IsLimitExact { get; }

    /// <summary>Whether the usage of each device matters.</summary>
    internal bool IsByDevice => OfDevices.Count > 0 || Limit is not null;

    /// <summary>Whether events are told apart by dimensions.</summary>
    internal bool HasScopes => _scopes.Count > 0;

    /// <summary>How devices are counted.</summary>
    internal IEnumerable<(BucketKey Key, PresenceRule Rule)> Presences =>
        InOrder.Where(a => a.Rule is not null).OrderBy(a => a.Number).Select(a => (Key(Buckets.Presence(a.Number)), a.Rule!));

    internal BucketKey Key(int bucket) => new(_charge, bucket);

    /// <summary>The bucket of an event of a row.</summary>
    internal int UsageOf(int row, IReadOnlyList<KeyValuePair<string, string>> dimensions)
    {
        var mask = 0;
        for (var i = 0; i < _scopes.Count; i++)
        {
            mask |= CompiledCharge.MatchesAll(_scopes[i], dimensions) ? 1 << i : 0;
        }

        return Buckets.Usage(new(row, mask));
    }

    /// <summary>An allowance's quantity in the unit of totals. Where that is no finite decimal of
    /// <see cref="QuantityLimits.MaxFractionalDigits"/> places it is rounded half even.</summary>
    internal decimal InMeterUnit(decimal quantity)
    {
        _ = Unit.TryConvert(quantity, _priced, _metered, out var metered);
        return metered;
    }

    /// <summary>A share of an allowance's quantity in the unit of totals, and whether it is exact there.</summary>
    /// <param name="quantity">Of a whole period, in the priced unit.</param>
    /// <param name="periodDays">Days of a whole period.</param>
    /// <param name="days">Days for which it is there, of one device or of all.</param>
    internal (decimal Quantity, bool IsExact) Brought(decimal quantity, int periodDays, decimal days)
    {
        var brought = PoolSharing.Brought(quantity, periodDays, days);
        var metered = InMeterUnit(brought);
        var isExact = ExactMath.TryDivide(ExactMath.Multiply(quantity, days), periodDays, out var share) && share == brought
            && InPricedUnit(metered, out var converts) == brought && converts;
        return (metered, isExact);
    }

    /// <summary>How many blocks usage needs, and what they are in the unit of totals. Counted in base units, in which both are exact.</summary>
    /// <param name="wanted">In the meter's unit.</param>
    /// <param name="block">Its size, in the priced unit.</param>
    /// <param name="most">How many there may be.</param>
    /// <param name="wasCut">Whether an allowance that was cut at the 12th place covered some usage before: then a speck more than whole blocks
    /// is no block more.</param>
    internal (decimal Blocks, decimal Quantity, bool IsExact) Blocks(decimal wanted, decimal block, int? most, bool wasCut)
    {
        var (needed, size) = (ExactMath.Multiply(wanted, _metered.Factor), ExactMath.Multiply(block, _priced.Factor));
        var blocks = decimal.Ceiling(needed / size);
        // A quotient of 28 digits may have been rounded down to a whole number.
        blocks += ExactMath.Multiply(blocks, size) < needed ? 1m : 0m;
        var isSpeck = wasCut && blocks > 0m
            && ExactMath.Subtract(needed, ExactMath.Multiply(blocks - 1m, size)) <= ExactMath.Multiply(CutSpeck, _metered.Factor);
        blocks -= isSpeck ? 1m : 0m;
        blocks = Math.Min(blocks, most ?? decimal.MaxValue);
        var (quantity, isExact) = Brought(ExactMath.Multiply(block, blocks), 1, 1m);
        return (blocks, quantity, isExact && !isSpeck);
    }

    /// <summary>A total in the unit of prices.</summary>
    internal decimal InPricedUnit(decimal quantity, out bool isExact)
    {
        isExact = Unit.TryConvert(quantity, _metered, _priced, out var priced);
        return DecimalText.Normalize(priced);
    }

    /// <summary>
    /// What is left beside an allowance that was cut at the 12th place of the meter's unit, without the speck that the cut may have added to
    /// a short quantity: at 0.001 min a package, 2,437.165 min and a speck would be a package more. Any other quantity stays as it is.
    /// </summary>
    /// <param name="rest">In the priced unit.</param>
    internal decimal Settle(decimal rest)
    {
        var (speck, places) = (CutSpeck * _metered.Factor / _priced.Factor, ShortPlaces);
        for (var size = speck; size > CutSpeck && places > 0; size /= 10m)
        {
            places--;
        }

        var settled = decimal.Round(rest, places, MidpointRounding.ToEven);
        return Math.Abs(settled - rest) <= speck ? DecimalText.Normalize(settled) : rest;
    }

    /// <summary>Lets one allowance cover what it can of the usage that is left.</summary>
    /// <param name="allowance">Whose.</param>
    /// <param name="quantity">How much there is of it, in the meter's unit.</param>
    /// <param name="isExact">Whether <paramref name="quantity"/> was not cut at its last place; else it also covers what exceeds it by
    /// less than a <see cref="Speck"/>, so that three thirds are a whole and enter no tier.</param>
    /// <param name="left">Usage by class; what is covered is taken off.</param>
    /// <param name="later">Allowances that come after it: usage that fewer of them can take is covered first.</param>
    /// <returns>What is covered of each class.</returns>
    internal static IReadOnlyList<(UsageClass Usage, decimal Quantity)> Cover(
        CompiledAllowance allowance, decimal quantity, bool isExact, Dictionary<UsageClass, decimal> left, IEnumerable<CompiledAllowance> later)
    {
        var covered = new List<(UsageClass, decimal)>();
        UsageClass[] order =
        [
            .. left.Where(l => l.Value > 0m && allowance.Covers(l.Key)).Select(l => l.Key)
                .OrderBy(usage => later.Count(a => a.Covers(usage))).ThenBy(usage => usage.Row).ThenBy(usage => usage.Scopes),
        ];
        foreach (var usage in order)
        {
            var taken = !isExact && quantity > 0m && left[usage] - quantity < Speck ? left[usage] : Math.Min(quantity, left[usage]);
            if (taken > 0m)
            {
                covered.Add((usage, taken));
                left[usage] = ExactMath.Subtract(left[usage], taken);
                quantity = Math.Max(0m, ExactMath.Subtract(quantity, taken));
            }
        }

        return covered;
    }
}
