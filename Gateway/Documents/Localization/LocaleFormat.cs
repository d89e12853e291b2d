using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using NodaTime;
using OrleansBilling.Core.Amounts;

namespace OrleansBilling.Documents.Localization;

/// <summary>Writes numbers, money, dates, quantities and countries as readers of a locale expect them, by data of the Unicode
/// CLDR that is part of this library: the result does not depend on the machine.</summary>
public sealed class LocaleFormat
{
    private static readonly ConcurrentDictionary<LocaleTag, LocaleFormat> Known = new();

    private readonly JsonObject _data;
    private readonly NumberSymbols _symbols;
    private readonly NumberPattern _number;
    private readonly NumberPattern _percent;
    private readonly NumberPattern _money;
    private readonly DatePattern _dates;

    private LocaleFormat(LocaleTag tag)
    {
        Tag = tag;
        _data = LocaleData.FormatsOf(tag);
        _symbols = new(Text("digits"), Text("decimal"), Text("group"), Text("minus"), Text("percent"),
            _data["minimumGrouping"]!.GetValue<int>());
        _number = new(Text("numberPattern"));
        _percent = new(Text("percentPattern"));
        _money = new(Text("moneyPattern"));
        _dates = new(Texts("months"), Texts("shortMonths"), _symbols);
    }

    /// <summary>What was found for the tag that was asked for.</summary>
    public LocaleTag Tag { get; }

    /// <summary>Whether text runs from right to left.</summary>
    public bool IsRightToLeft => Tag.Language == "ar";

    /// <summary>Formats of a locale, e.g. <c>de-AT</c>; see <see cref="LocaleTag.Parse"/> for what unknown ones get.</summary>
    public static LocaleFormat Of(string locale) => Known.GetOrAdd(Stored(LocaleTag.Parse(locale)), tag => new(tag));

    /// <summary>The exact number with at least so many digits after the point.</summary>
    public string Number(decimal value, int minimumDigits = 0) => _number.Write(value, minimumDigits, _symbols);

    /// <summary>An amount without its currency, with all digits of the minor unit.</summary>
    public string Amount(decimal value, Currency currency) => Number(value, currency.MinorUnitDigits);

    /// <summary>An amount with the currency's symbol or code.</summary>
    public string Money(decimal value, Currency currency)
    {
        var number = _money.Write(value, currency.MinorUnitDigits, _symbols);
        var symbol = Symbol(currency);
        var place = number.IndexOf('¤', StringComparison.Ordinal);
        // CLDR currencySpacing: letters and digits do not touch.
        var after = char.IsLetter(symbol[^1]) && place + 1 < number.Length && char.IsDigit(number[place + 1]) ? "\u00A0" : "";
        var before = char.IsLetter(symbol[0]) && place > 0 && char.IsDigit(number[place - 1]) ? "\u00A0" : "";
        return number.Replace("¤", before + symbol + after, StringComparison.Ordinal);
    }

    /// <summary>The symbol by which the locale knows a currency, else its code.</summary>
    public string Symbol(Currency currency) => _data["currencies"]?[currency.Code]?.GetValue<string>() ?? currency.Code;

    /// <summary>A rate, 19 for nineteen per cent.</summary>
    public string Percent(decimal rate) => _percent.Write(rate, 0, _symbols);

    /// <summary>A date with its month in words.</summary>
    public string Date(LocalDate date) => _dates.Write(Text("longDate"), date);

    /// <summary>Days from the first to the last, what both share written once.</summary>
    public string Period(DatePeriod period)
    {
        if (period.Start == period.End)
        {
            return _dates.Write(Text("mediumDate"), period.Start);
        }

        var difference = period.Start.Year != period.End.Year ? "y" : period.Start.Month != period.End.Month ? "M" : "d";
        return _dates.Write(_data["interval"]![difference]!.GetValue<string>(), period.Start, period.End);
    }

    /// <summary>A number in a unit, in the right plural.</summary>
    /// <param name="value">Exact.</param>
    /// <param name="unitCode">UN/ECE Recommendation 20. <c>C62</c>, <c>EA</c>, <c>H87</c> and <c>XPP</c> (one, each, piece) are
    /// not written; of a code without a name the code is.</param>
    public string Quantity(decimal value, string unitCode)
    {
        var number = Number(value);
        if (unitCode is "C62" or "EA" or "H87" or "XPP" or "")
        {
            return number;
        }

        if (_data["units"]?[unitCode] is not JsonObject patterns)
        {
            return $"{number} {unitCode}";
        }

        var shown = decimal.Parse(value.ToString("0.############################", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        var pattern = patterns[PluralRules.Form(Tag.Language, shown)] ?? patterns["other"]!;
        return pattern.GetValue<string>().Replace("{0}", number, StringComparison.Ordinal);
    }

    /// <summary>The name of a country, else its code.</summary>
    public string Country(string code) => _data["countries"]?[code]?.GetValue<string>() ?? code;

    /// <summary>Digits of the locale for those of ASCII.</summary>
    public string Digits(string text) => _symbols.Localize(text);

    /// <summary>Regions without formats of their own share those of the language, so that callers cannot fill the memory.</summary>
    private static LocaleTag Stored(LocaleTag tag) =>
        tag.Region.Length > 0 && LocaleData.HasRegion(tag) ? tag : tag with { Region = "" };

    private string Text(string name) => _data[name]!.GetValue<string>();

    private List<string> Texts(string name) => [.. _data[name]!.AsArray().Select(item => item!.GetValue<string>())];
}
