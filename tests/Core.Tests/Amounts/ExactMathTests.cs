using System.Numerics;
using OrleansBilling.Core.Amounts;

namespace OrleansBilling.Core.Tests.Amounts;

public class ExactMathTests
{
    [Fact]
    public void A_product_that_decimal_would_round_is_an_error()
    {
        Assert.Equal(0.000001m, 0.0000000000000000000000000001m * 10000000000000000000000m);
        Assert.Throws<InexactAmountException>(() => ExactMath.Multiply(0.000000000000001m, 0.000000000000001m));
        Assert.Throws<InexactAmountException>(() => ExactMath.Multiply(999_999_999_999_999.123456789012m, 0.123456789012m));
        Assert.Throws<InexactAmountException>(() => ExactMath.Multiply(decimal.MaxValue, 2m));
    }

    [Fact]
    public void A_sum_that_decimal_would_round_is_an_error()
    {
        Assert.Throws<InexactAmountException>(() => ExactMath.Add(79_228_162_514_264_337_593_543_950_335m, 0.1m));
        Assert.Throws<InexactAmountException>(() => ExactMath.Add(decimal.MaxValue, 1m));
        Assert.Throws<InexactAmountException>(() => ExactMath.Subtract(10_000_000_000_000_000m, 0.00000000000001m));
    }

    [Fact]
    public void Digits_cut_off_that_were_only_zeros_are_no_error() =>
        Assert.Equal(500m, ExactMath.Multiply(1_000.00000000000000000000m, 0.50000000000000000000m));

    [Fact]
    public void A_product_is_the_one_of_unbounded_integers_or_an_error() =>
        Gen.Select(Gen.Decimal, Gen.Decimal).Sample((left, right) =>
        {
            var (exactMantissa, exactScale) = (Mantissa(left) * Mantissa(right), left.Scale + right.Scale);
            return !ExactMath.TryMultiply(left, right, out var product)
                || Mantissa(product) * BigInteger.Pow(10, exactScale - product.Scale) == exactMantissa;
        });

    [Fact]
    public void A_sum_is_the_one_of_unbounded_integers_or_an_error() =>
        Gen.Select(Gen.Decimal, Gen.Decimal).Sample((left, right) =>
        {
            var scale = Math.Max(left.Scale, right.Scale);
            var exact = Mantissa(left) * BigInteger.Pow(10, scale - left.Scale)
                + Mantissa(right) * BigInteger.Pow(10, scale - right.Scale);
            return !ExactMath.TryAdd(left, right, out var sum)
                || Mantissa(sum) * BigInteger.Pow(10, scale - sum.Scale) == exact;
        });

    [Fact]
    public void Quantities_and_prices_have_limits()
    {
        Assert.True(QuantityLimits.Allows(999_999_999_999_999.999999999999m));
        Assert.True(QuantityLimits.Allows(1.0000000000000000m));
        Assert.False(QuantityLimits.Allows(-1_000_000_000_000_000m));
        Assert.False(QuantityLimits.Allows(0.0000000000001m));
        Assert.True(PriceLimits.Allows(-0.000000000001m));
        Assert.False(PriceLimits.Allows(1_000_000_000m));
    }

    private static BigInteger Mantissa(decimal value)
    {
        var bits = decimal.GetBits(value);
        var magnitude = unchecked(((BigInteger)(uint)bits[2] << 64) | ((BigInteger)(uint)bits[1] << 32) | (uint)bits[0]);
        return bits[3] < 0 ? -magnitude : magnitude;
    }
}
