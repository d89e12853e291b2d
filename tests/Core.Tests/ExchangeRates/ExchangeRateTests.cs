using System.Globalization;
using System.Numerics;
using OrleansBilling.Core.Amounts;
using OrleansBilling.Core.ExchangeRates;
using static OrleansBilling.Core.Tests.ExchangeRates.Amounts;

namespace OrleansBilling.Core.Tests.ExchangeRates;

/// <summary>Worked by hand with the ECB's rates of 28 June 2024; rule: ADR 0042.</summary>
public class ExchangeRateTests
{
    [Theory]
    [InlineData("EUR", "HUF", "1", "395.10", "27.00", "10667.70")]     // 27 × 395.10
    [InlineData("HUF", "EUR", "395.10", "1", "10000", "25.31")]        // 25.3100…
    [InlineData("USD", "HUF", "1.0705", "395.10", "100", "36907.99")]  // 39510 ÷ 1.0705 = 36907.986…
    [InlineData("EUR", "JPY", "1", "171.94", "0.01", "2")]             // 1.7194 yen have no minor unit
    [InlineData("JPY", "EUR", "171.94", "1", "1", "0.01")]             // 0.0058
    [InlineData("EUR", "KWD", "1", "0.3285", "10.01", "3.288")]        // 3.288285; three digits
    [InlineData("EUR", "GBP", "1", "0.5", "0.01", "0.01")]             // half of a penny, away from zero
    [InlineData("EUR", "GBP", "1", "0.5", "-0.01", "-0.01")]
    public void Amounts_are_rounded_once_half_away_from_zero(
        string from, string to, string fromPerBase, string toPerBase, string amount, string converted) =>
        Assert.Equal(converted, Rate(from, to, Number(fromPerBase), Number(toPerBase)).Convert(Of(Number(amount), from)).ToString());

    [Fact]
    public void The_rate_for_people_is_exact_or_has_ten_digits()
    {
        Assert.Equal("395.1", Text(Rate("EUR", "HUF", 1m, 395.10m).Rate));
        Assert.Equal("369.0798692", Text(Rate("USD", "HUF", 1.0705m, 395.10m).Rate));
        Assert.Equal("0.002531004809", Text(Rate("HUF", "EUR", 395.10m, 1m).Rate));
    }

    [Fact]
    public void Another_currency_is_no_question_of_this_rate() =>
        Assert.Throws<InvalidOperationException>(() => Rate("EUR", "HUF", 1m, 395.10m).Convert(Of(1m, "USD")));

    [Fact]
    public void What_does_not_fit_is_an_error() => Assert.Throws<OverflowException>(
        () => Rate("EUR", "HUF", 1m, 395.10m).Convert(new Money(long.MaxValue, Currency.FromCode("EUR"))));

    /// <remarks>With whole numbers only: no amount is farther than half a minor unit from the exact quotient.</remarks>
    [Fact]
    public void No_conversion_is_off_by_more_than_half_a_minor_unit() => Gen.Select(
        Gen.Long[-1_000_000_000_000, 1_000_000_000_000], Gen.Int[1, 99_999_999], Gen.Int[1, 99_999_999], Gen.Int[0, 6], Gen.Int[0, 6])
        .Sample((units, from, to, fromScale, toScale) =>
        {
            var rate = Rate("USD", "JPY", new(from, 0, 0, false, (byte)fromScale), new(to, 0, 0, false, (byte)toScale));
            var converted = rate.Convert(new(units, Currency.FromCode("USD"))).MinorUnits;
            // yen = cents / 100 × to / from; both sides times 100 × from × 10^toScale.
            var exact = new BigInteger(units) * to * BigInteger.Pow(10, fromScale);
            var below = 100 * new BigInteger(from) * BigInteger.Pow(10, toScale);
            return BigInteger.Abs((converted * below) - exact) * 2 <= below;
        });

    [Fact]
    public void An_amount_taken_back_is_the_negative() => Gen.Select(Gen.Long[0, 1_000_000_000], Gen.Int[1, 9_999_999]).Sample((units, to) =>
    {
        var rate = Rate("EUR", "HUF", 1m, new(to, 0, 0, false, 4));
        var eur = Currency.FromCode("EUR");
        return rate.Convert(new(-units, eur)) == -rate.Convert(new(units, eur));
    });

    private static decimal Number(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);
}
