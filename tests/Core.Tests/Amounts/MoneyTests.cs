using OrleansBilling.Core.Amounts;

namespace OrleansBilling.Core.Tests.Amounts;

public class MoneyTests
{
    private static readonly Currency Eur = Currency.FromCode("EUR");
    private static readonly Currency Jpy = Currency.FromCode("JPY");

    [Theory]
    [InlineData("EUR", 2)]
    [InlineData("JPY", 0)]
    [InlineData("KWD", 3)]
    [InlineData("CAD", 2)]
    public void Minor_units_follow_ISO_4217(string code, int digits)
    {
        Assert.Equal(digits, Currency.Parse(code).MinorUnitDigits);
        Assert.Same(Currency.FromCode(code), Currency.Parse(code));
        Assert.True(Currency.All.Count > 150);
    }

    [Theory]
    [InlineData("eur")]
    [InlineData("EURO")]
    [InlineData("XXX")]
    [InlineData("")]
    [InlineData(null)]
    public void An_unknown_code_is_no_currency(string? code)
    {
        Assert.False(Currency.TryParse(code, out _));
        Assert.Throws<FormatException>(() => Currency.Parse(code!));
    }

    [Theory]
    [InlineData(LineRounding.HalfAwayFromZero, "0.005", 1)]
    [InlineData(LineRounding.HalfAwayFromZero, "-0.005", -1)]
    [InlineData(LineRounding.HalfAwayFromZero, "0.00499999999999999", 0)]
    [InlineData(LineRounding.HalfEven, "0.005", 0)]
    [InlineData(LineRounding.HalfEven, "0.015", 2)]
    [InlineData(LineRounding.Down, "0.019", 1)]
    [InlineData(LineRounding.Down, "-0.019", -1)]
    [InlineData(LineRounding.Up, "0.011", 2)]
    [InlineData(LineRounding.Up, "-0.011", -2)]
    [InlineData(LineRounding.Up, "0.01", 1)]
    public void An_exact_amount_is_rounded_as_asked(LineRounding rounding, string amount, long minorUnits)
    {
        Assert.True(DecimalText.TryParse(amount, out var exact));
        Assert.Equal(new Money(minorUnits, Eur), Money.FromExact(exact, Eur, rounding));
    }

    [Fact]
    public void Text_has_every_digit_of_the_minor_unit()
    {
        Assert.Equal("185.00", new Money(18_500, Eur).ToString());
        Assert.Equal("-0.05", new Money(-5, Eur).ToString());
        Assert.Equal("120", new Money(120, Jpy).ToString());
        Assert.Equal("1.234", new Money(1_234, Currency.FromCode("KWD")).ToString());
    }

    [Fact]
    public void Different_currencies_never_combine()
    {
        Assert.Throws<InvalidOperationException>(() => new Money(1, Eur) + new Money(1, Jpy));
        Assert.Throws<InvalidOperationException>(() => new Money(1, Eur) - new Money(1, Jpy));
        Assert.NotEqual(new Money(1, Eur), new Money(1, Jpy));
        Assert.Throws<InvalidOperationException>(() => default(Money) + new Money(1, Eur));
    }

    [Fact]
    public void Overflow_is_an_error()
    {
        Assert.Throws<OverflowException>(() => new Money(long.MaxValue, Eur) + new Money(1, Eur));
        Assert.Throws<OverflowException>(() => Money.FromExact(1e20m, Eur, LineRounding.Down));
    }

    [Fact]
    public void Three_equal_shares_of_a_euro_differ_by_one_cent_and_the_first_has_it() =>
        Assert.Equal([34L, 33L, 33L], new Money(100, Eur).Allocate([1, 1, 1]).Select(m => m.MinorUnits));

    /// <remarks>Semantics 1, pooled allowance: overage 10.00 by usage 5, 20, 15.</remarks>
    [Fact]
    public void Overage_is_shared_by_usage() =>
        Assert.Equal([125L, 500L, 375L], new Money(1_000, Eur).Allocate([5, 20, 15]).Select(m => m.MinorUnits));

    /// <remarks>Semantics 1, pooled allowance: overage 10.00 by the excess over own contribution, 0, 10 and 5: 0 / 6.67 /
    /// 3.33.</remarks>
    [Fact]
    public void A_unit_left_over_goes_to_the_largest_remainder()
    {
        Assert.Equal([0L, 667L, 333L], new Money(1_000, Eur).Allocate([0, 10, 5]).Select(m => m.MinorUnits));
        Assert.Equal([33L, 67L], new Money(100, Eur).Allocate([1, 2]).Select(m => m.MinorUnits));
        Assert.Equal([-33L, -67L], new Money(-100, Eur).Allocate([1, 2]).Select(m => m.MinorUnits));
    }

    [Fact]
    public void Sharing_loses_nothing_and_no_part_is_a_whole_unit_off() =>
        Gen.Select(Gen.Long[-1_000_000_000_000, 1_000_000_000_000], Gen.Long[0, 1_000_000].Array[1, 40]).Sample((units, weights) =>
        {
            if (weights.Sum() == 0)
            {
                return true;
            }

            var parts = new Money(units, Eur).Allocate(weights);
            var total = (decimal)weights.Sum();
            return parts.Sum(p => p.MinorUnits) == units
                && parts.Zip(weights).All(p => Math.Abs(p.First.MinorUnits - (units * (decimal)p.Second / total)) < 1m);
        });

    [Fact]
    public void Sharing_by_no_weight_or_a_negative_one_is_refused()
    {
        Assert.Throws<ArgumentException>(() => new Money(1, Eur).Allocate(Array.Empty<long>()));
        Assert.Throws<ArgumentException>(() => new Money(1, Eur).Allocate([0, 0]));
        Assert.Throws<ArgumentException>(() => new Money(1, Eur).Allocate([2, -1]));
    }
}
