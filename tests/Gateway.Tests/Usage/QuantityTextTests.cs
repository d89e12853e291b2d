using System.Globalization;
using System.Text;
using CsCheck;
using OrleansBilling.Core.Amounts;
using OrleansBilling.Gateway.Usage;
using Xunit;

namespace OrleansBilling.Gateway.Tests.Usage;

public sealed class QuantityTextTests
{
    [Theory]
    [InlineData("0", "0")]
    [InlineData("-0.000", "0")]
    [InlineData("0e99999999999", "0")]
    [InlineData("1.5", "1.5")]
    [InlineData("-1.50", "-1.5")]
    [InlineData("007", "7")]
    [InlineData("100", "100")]
    [InlineData("1.2e3", "1200")]
    [InlineData("1200E-3", "1.2")]
    [InlineData("1e-12", "0.000000000001")]
    [InlineData("1.0000000000000000000000000000000", "1")]
    [InlineData("999999999999999.999999999999", "999999999999999.999999999999")]
    [InlineData("-999999999999999.999999999999", "-999999999999999.999999999999")]
    [InlineData("0.1e+1", "1")]
    public void A_number_is_read_exactly_and_without_trailing_zeros(string text, string expected)
    {
        Assert.Equal(QuantityError.None, Parse(text, out var value));
        Assert.Equal(expected, value.ToString(CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData("+1")]
    [InlineData(".5")]
    [InlineData("1.")]
    [InlineData("1e")]
    [InlineData("1e+")]
    [InlineData("1,5")]
    [InlineData(" 1")]
    [InlineData("1 ")]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    [InlineData("-Infinity")]
    [InlineData("0x10")]
    [InlineData("1.2.3")]
    [InlineData("١")]
    public void What_is_no_number_is_invalid(string text) => Assert.Equal(QuantityError.Invalid, Parse(text, out _));

    [Theory]
    [InlineData("1000000000000000")]
    [InlineData("1e15")]
    [InlineData("1e400")]
    [InlineData("-1e15")]
    [InlineData("1e-13")]
    [InlineData("1e-99999999999999999999")]
    [InlineData("0.0000000000001")]
    [InlineData("12345678901234567890123456789012345678901234567890")]
    public void A_number_too_large_or_too_fine_is_out_of_range(string text) =>
        Assert.Equal(QuantityError.OutOfRange, Parse(text, out _));

    [Fact]
    public void It_agrees_with_the_core_on_every_decimal_it_allows() =>
        Gen.Select(Gen.Long, Gen.Int[0, 14], Gen.Int[-14, 14]).Sample((mantissa, point, exponent) =>
        {
            var digits = Math.Abs((decimal)mantissa).ToString(CultureInfo.InvariantCulture).PadLeft(point + 1, '0');
            var text = $"{(mantissa < 0 ? "-" : "")}{digits[..^point]}{(point > 0 ? "." : "")}{digits[^point..]}e{exponent}";
            var known = DecimalText.TryParse(text, out var expected) && QuantityLimits.Allows(expected);
            var error = Parse(text, out var value);
            return known ? error == QuantityError.None && value == expected : error == QuantityError.OutOfRange;
        });

    private static QuantityError Parse(string text, out decimal value) =>
        QuantityText.Parse(Encoding.UTF8.GetBytes(text), out value);
}
