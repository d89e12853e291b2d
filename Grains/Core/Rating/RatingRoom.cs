using NodaTime;
using OrleansBilling.Core.Amounts;
using OrleansBilling.Core.Periods;

namespace OrleansBilling.Core.Rating;

/// <summary>
/// Whether a total can be rated: a price times a quantity of too many digits has no exact decimal, and an amount beyond a
/// <see cref="long"/> of minor units no money. Asked before usage is accepted, because a bill that cannot be rated cannot close.
/// </summary>
internal sealed class RatingRoom
{
    private const int DecimalDigits = 28;
    private const int MoneyDigits = 18;

    /// <summary>Other partitions may each have as much, tiers add up, and minor units have digits of their own.</summary>
    private const int Reserve = 4 + 2 + 3;

    private const decimal Partitions = 1_024m;

    private static readonly decimal[] PowersOfTen =
        [.. Enumerable.Range(0, DecimalDigits).Select(n => Enumerable.Repeat(10m, n).Aggregate(1m, (product, ten) => product * ten))];

    private static readonly BillingPeriod AnyPeriod =
        new BillingCalendar(DateTimeZone.Utc, new(2000, 1, 1), BillingCycle.Monthly).Period(0);

    private readonly CompiledPlan _plan;
    private readonly CompiledCharge _charge;
    private readonly int _digits;
    private readonly int _magnitude;

    internal RatingRoom(CompiledPlan plan, CompiledCharge charge)
    {
        (_plan, _charge) = (plan, charge);
        decimal[] prices = [.. charge.Buckets
            .SelectMany(bucket => (bucket.Price?.Tiers ?? []).SelectMany(tier => new[] { tier.UnitPrice, tier.FlatFee })
                .Append(bucket.Price?.UnitPrice).Append(bucket.Price?.Amount))
            .Select(price => Math.Abs(price ?? 0m))];
        // A model that is not looked through here is always tried.
        if (charge.Buckets.All(bucket => bucket.Price is { PackageSize: null } price
            && (price.UnitPrice is not null || price.Tiers?.All(tier => tier.RatePercent is null) == true)))
        {
            var (from, to) = (charge.MeterUnit!.Factor, charge.PricedUnit!.Factor);
            _digits = DecimalDigits - Reserve - prices.Max(Digits) - Digits(from);
            _magnitude = MoneyDigits - Reserve - prices.Max(Magnitude) - (Magnitude(from) - Magnitude(to) + 1);
        }
    }

    /// <summary>Whether a bucket with that total can be rated, also when every other partition has as much.</summary>
    internal bool Has(int bucket, in BucketTotal total)
    {
        var digits = Math.Min(Math.Min(_digits - total.Quantity.Scale, _magnitude), DecimalDigits - 1);
        return (digits > 0 && Math.Abs(total.Quantity) < PowersOfTen[digits]) || Tries(bucket, total);
    }

    private bool Tries(int bucket, in BucketTotal total)
    {
        try
        {
            var all = new BucketTotal(
                ExactMath.Multiply(total.Quantity, Partitions), ExactMath.Multiply(total.Amount, Partitions), total.Events);
            _ = UsageRating.Rate(
                _plan, _charge, AnyPeriod, isActive: true, new(AnyPeriod.Days, AnyPeriod.Days),
                new Dictionary<BucketKey, BucketTotal> { [new(_charge.Index, bucket)] = all });
            return true;
        }
        catch (Exception e) when (e is InexactAmountException or OverflowException)
        {
            return false;
        }
    }

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
