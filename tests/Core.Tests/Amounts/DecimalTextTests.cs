using OrleansBilling.Core.Amounts;

namespace OrleansBilling.Core.Tests.Amounts;

public class DecimalTextTests
{
    [Theory]
    [InlineData("0", "0")]
    [InlineData("-0", "0")]
    [InlineData("185.00", "185")]
    [InlineData("007.50", "7.5")]
    [InlineData("-0.0752", "-0.0752")]
    [InlineData("1e3", "1000")]
    [InlineData("1E-7", "0.0000001")]
    [InlineData("1.50e-1", "0.15")]
    [InlineData("1234567890123456789012345678", "1234567890123456789012345678")]
    [InlineData("0.1234567890123456789012345678", "0.1234567890123456789012345678")]
    public void Plain_decimals_are_read_exactly(string text, string canonical)
    {
        Assert.True(DecimalText.TryParse(text, out var value));
        Assert.Equal(canonical, DecimalText.Format(value));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" 1")]
    [InlineData("+1")]
    [InlineData("1,000")]
    [InlineData("1.")]
    [InlineData(".5")]
    [InlineData("--1")]
    [InlineData("NaN")]
    [InlineData("0x10")]
    [InlineData("1e")]
    [InlineData("1e9999")]
    [InlineData("1e29")]
    [InlineData("1e-29")]
    [InlineData("12345678901234567890123456789")]
    [InlineData("0.12345678901234567890123456789")]
    public void What_is_no_exact_plain_decimal_is_refused(string text) =>
        Assert.False(DecimalText.TryParse(text, out _));

    [Fact]
    public void Every_decimal_of_28_digits_survives_text() =>
        Gen.Decimal.Where(d => DecimalText.Format(d).Count(char.IsAsciiDigit) <= 28).Sample(value =>
            DecimalText.TryParse(DecimalText.Format(value), out var back) && back == value);
}
