using NodaTime;
using OrleansBilling.Core.Allowances;
using OrleansBilling.Core.Amounts;
using OrleansBilling.Core.Balances;
using OrleansBilling.Core.Periods;
using OrleansBilling.Core.Pricing;

namespace OrleansBilling.Core.Rating;

/// <summary>
/// Whether a total can be rated: a price times a quantity of too many digits has no exact decimal, and an amount beyond a
/// <see cref="long"/> of minor units no money. Asked before usage is accepted, because a bill that cannot be rated cannot close.
/// </summary>
/// <remarks>
/// Nearly always a comparison. Unit prices and tiers are judged by their digits. Other models are rated once for each power of ten
/// that totals reach; what is smaller and no longer than a quantity that can be rated can be rated too. Thread-safe.
/// </remarks>
internal sealed class RatingRoom
{
    private const int DecimalDigits = 28;
    private const int MoneyDigits = 18;

    /// <summary>Other partitions may each have as much, tiers add up, and minor units have digits of their own.</summary>
    private const int Reserve = 4 + 2 + 3;

    /// <summary>The usage of a price is in up to 16 totals where allowances have scopes.</summary>
    private const int ScopesReserve = 2;

    private const decimal Partitions = 1_024m;

    /// <summary>Amounts of single events add up to less than that in a partition.</summary>
    private const decimal AmountsBelow = 1_000_000_000_000m;

    private static readonly decimal[] PowersOfTen =
        [.. Enumerable.Range(0, DecimalDigits).Select(n => Enumerable.Repeat(10m, n).Aggregate(1m, (product, ten) => product * ten))];

    private static readonly BillingPeriod AnyPeriod =
        new BillingCalendar(DateTimeZone.Utc, new(2000, 1, 1), BillingCycle.Monthly).Period(0);

    private readonly CompiledPlan _plan;
    private readonly CompiledCharge _charge;
    private readonly int _digits;
    private readonly int _magnitude;

    /// <summary>For each bucket, the power of ten below which totals were found to be all right.</summary>
    private readonly int[] _tried;

    internal RatingRoom(CompiledPlan plan, CompiledCharge charge)
    {
        (_plan, _charge, _tried) = (plan, charge, new int[charge.Buckets.Count]);
        // Blocks are bought: their price is in no digits of the price of the rest.
        var buys = charge.Definition.Allowances.Any(a => a.Kind == AllowanceKind.Block);
        if (!buys && charge.Buckets.All(bucket => IsLinear(bucket.Price)))
        {
            decimal[] prices = [.. charge.Buckets.SelectMany(bucket => Prices(bucket.Price!))];
            var (from, to) = (charge.MeterUnit!.Factor, charge.PricedUnit!.Factor);
            var reserve = Reserve + (charge.Allowances is null ? 0 : ScopesReserve);
            _digits = DecimalDigits - reserve - prices.Max(Digits) - Digits(from);
            _magnitude = MoneyDigits - reserve - prices.Max(Magnitude) - (Magnitude(from) - Magnitude(to) + 1);
        }
    }

    /// <summary>Whether a bucket with that total can be rated, also when every other partition has as much.</summary>
    internal bool Has(int bucket, in BucketTotal total)
    {
        var quantity = Math.Abs(total.Quantity);
        var digits = Math.Min(Math.Min(_digits - total.Quantity.Scale, _magnitude), DecimalDigits - 1);
        if (Math.Abs(total.Amount) >= AmountsBelow)
        {
            return false;
        }

        return (digits > 0 && quantity < PowersOfTen[digits])
            || quantity < PowersOfTen[_tried[bucket]]
            || Widens(bucket, quantity)
            || Tries(bucket, total.Quantity);
    }

    /// <summary>Tries the largest quantity of as many digits before the point, with every place after it.</summary>
    private bool Widens(int bucket, decimal quantity)
    {
        var power = Magnitude(quantity);
        var whole = power < DecimalDigits - QuantityLimits.MaxFractionalDigits && !_charge.Buckets.Any(b => b.Price?.Tiers is not null);
        if (!whole || !Tries(bucket, PowersOfTen[power] - (1m / PowersOfTen[QuantityLimits.MaxFractionalDigits])))
        {
            return false;
        }

        _tried[bucket] = Math.Max(_tried[bucket], power);
        return true;
    }

    private bool Tries(int bucket, decimal quantity)
    {
        try
        {
            _ = UsageRating.Rate(
                _plan, _charge, AnyPeriod, isActive: true, new(AnyPeriod.Days, AnyPeriod.Days), new(AnyPeriod.Days, AnyPeriod.Days),
                UsageBuckets(bucket).ToDictionary(
                    b => new BucketKey(_charge.Index, b), _ => new BucketTotal(ExactMath.Multiply(quantity, Partitions), 0m, 1)),
                CarriedOver.None, UnitPacks.None);
            return true;
        }
        catch (Exception e) when (e is InexactAmountException or OverflowException)
        {
            return false;
        }
    }

    /// <summary>Every bucket of a price's usage.</summary>
    private IEnumerable<int> UsageBuckets(int row) => _charge.Allowances is { } allowances
        ? allowances.Buckets.Classes.Where(usage => usage.Row == row).Select(allowances.Buckets.Usage)
        : [row];

    private static bool IsLinear(PriceDefinition? price) =>
        price?.Model == PriceModel.PerUnit || price?.Tiers?.All(tier => tier.RatePercent is null) == true;

    private static IEnumerable<decimal> Prices(PriceDefinition price) => (price.Tiers ?? [])
        .SelectMany(tier => new[] { tier.UnitPrice, tier.FlatFee }).Append(price.UnitPrice).Select(p => Math.Abs(p ?? 0m));

    /// <summary>Digits before the point; less than zero for as many noughts after it.</summary>
    private static int Magnitude(decimal value)
    {
        var digits = 0;
        for (; value >= 1m; value /= 10m)
        {
            digits++;
        }

        for (; value is > 0m and < 0.1m; value *= 10m)
        {
            digits--;
        }

        return digits;
    }

    /// <summary>Significant digits.</summary>
    private static int Digits(decimal value)
    {
        var shortest = DecimalText.Normalize(Math.Abs(value));
        var digits = 0;
        for (var rest = shortest * PowersOfTen[shortest.Scale]; rest >= 1m; rest /= 10m)
        {
            digits++;
        }

        return digits;
    }
}
