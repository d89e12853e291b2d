using System.Globalization;
using OrleansBilling.Core.Amounts;
using OrleansBilling.Documents.Localization;
using Xunit;

namespace OrleansBilling.Documents.Tests;

/// <summary>Expected texts are those of the Unicode CLDR 48, as other programs that use it write them (e.g. Intl of a browser).</summary>
public sealed class LocaleFormatTests
{
    [Theory]
    [InlineData("en-US", "1234567.5", "USD", "$1,234,567.50")]
    [InlineData("de-DE", "1234567.5", "EUR", "1.234.567,50\u00a0€")]
    [InlineData("de-AT", "1234567.5", "EUR", "€\u00a01.234.567,50")]
    [InlineData("de-CH", "-1234.5", "CHF", "CHF-1'234.50")]
    [InlineData("fr-FR", "1234567.5", "EUR", "1\u202f234\u202f567,50\u00a0€")]
    [InlineData("es-ES", "1234.5", "EUR", "1234,50\u00a0€")]
    [InlineData("pl-PL", "12345.5", "PLN", "12\u00a0345,50\u00a0zł")]
    [InlineData("en-IN", "1234567.5", "INR", "₹12,34,567.50")]
    [InlineData("ja-JP", "1234567", "JPY", "￥1,234,567")]
    [InlineData("en-US", "1.234", "KWD", "KWD\u00a01.234")]
    [InlineData("pt-BR", "1234.5", "BRL", "R$\u00a01.234,50")]
    [InlineData("ar-EG", "1234.5", "EGP", "\u200f١٬٢٣٤٫٥٠\u00a0ج.م.\u200f")]
    [InlineData("ar-AE", "1234.5", "AED", "\u200f1,234.50\u00a0د.إ.\u200f")]
    public void Money_is_written_as_the_locale_writes_it(string locale, string amount, string currency, string expected) => Assert.Equal(
        expected, LocaleFormat.Of(locale).Money(decimal.Parse(amount, CultureInfo.InvariantCulture), Currency.Parse(currency)));

    [Theory]
    [InlineData("en-US", "November 3, 2026", "Oct 1 – 31, 2026")]
    [InlineData("en-GB", "3 November 2026", "1 – 31 Oct 2026")]
    [InlineData("de", "3. November 2026", "1.–31. Okt. 2026")]
    [InlineData("es", "3 de noviembre de 2026", "1–31 oct 2026")]
    [InlineData("pl", "3 listopada 2026", "1–31 paź 2026")]
    [InlineData("ja", "2026年11月3日", "2026年10月1日～31日")]
    [InlineData("ar-SA", "٣ نوفمبر ٢٠٢٦", "١–٣١ أكتوبر ٢٠٢٦")]
    public void Dates_have_their_month_in_words(string locale, string date, string period)
    {
        var format = LocaleFormat.Of(locale);
        Assert.Equal(date, format.Date(new(2026, 11, 3)));
        Assert.Equal(period, format.Period(new(new(2026, 10, 1), new(2026, 10, 31))).Replace('\u2009', ' '));
    }

    [Theory]
    [InlineData("en", "1", "MON", "1 mth")]
    [InlineData("en", "1.0", "MON", "1 mth")]
    [InlineData("en", "1234.5", "KWH", "1,234.5 kWh")]
    [InlineData("de", "1234.5", "KWH", "1.234,5 kWh")]
    [InlineData("ar-EG", "3", "DAY", "٣ أيام")]
    [InlineData("ar-EG", "11", "DAY", "١١ يومًا")]
    [InlineData("fr", "2", "E34", "2 Go")]
    [InlineData("en", "7", "C62", "7")]
    [InlineData("en", "7", "XZZ", "7 XZZ")]
    public void Quantities_take_the_plural_of_their_number(string locale, string quantity, string unit, string expected) => Assert.Equal(
        expected,
        LocaleFormat.Of(locale).Quantity(decimal.Parse(quantity, CultureInfo.InvariantCulture), unit).Replace('\u00a0', ' ').Replace('\u202f', ' '));

    [Theory]
    [InlineData("pl", 1, "one")]
    [InlineData("pl", 2, "few")]
    [InlineData("pl", 5, "many")]
    [InlineData("pl", 12, "many")]
    [InlineData("pl", 22, "few")]
    [InlineData("ar", 0, "zero")]
    [InlineData("ar", 2, "two")]
    [InlineData("ar", 103, "few")]
    [InlineData("ar", 100, "other")]
    [InlineData("fr", 0, "one")]
    [InlineData("fr", 1_000_000, "many")]
    [InlineData("ja", 1, "other")]
    public void Plural_forms_are_those_of_CLDR(string language, int number, string form) =>
        Assert.Equal(form, PluralRules.Form(language, number));

    [Theory]
    [InlineData("de-AT", "de-AT")]
    [InlineData("de-XX", "de-XX")]
    [InlineData("zh-Hans-CN", "zh-CN")]
    [InlineData("sr-Latn-RS", "en")]
    [InlineData("", "en")]
    [InlineData("en-x-de", "en")]
    public void Unknown_parts_of_a_tag_fall_back(string tag, string expected) => Assert.Equal(expected, LocaleTag.Parse(tag).ToString());
}
