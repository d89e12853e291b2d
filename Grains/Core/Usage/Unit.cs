using System.Diagnostics.CodeAnalysis;
using OrleansBilling.Core.Amounts;

namespace OrleansBilling.Core.Usage;

/// <summary>
/// A unit of usage. Measured units (bytes, energy, volume, time, length) convert within their dimension by exact
/// factors; any other name is a unit that is counted (events, messages, trips, credits, or <c>1</c>) and converts
/// only to itself. A unit times one of time (<c>GB*h</c>, <c>seats*s</c>) is what a level comes to that is held for that time.
/// </summary>
public sealed record Unit
{
    /// <summary>Longest name of a unit.</summary>
    public const int MaxLength = 32;

    /// <summary>Makes the unit of a level that of its integral.</summary>
    internal const string TimesSeconds = "*s";

    private const decimal MillisecondsPerSecond = 1_000m;

    internal Unit(string symbol, string dimension, decimal factor)
    {
        Symbol = symbol;
        Dimension = dimension;
        Factor = factor;
    }

    /// <summary>As written in plans and meters, e.g. <c>kWh</c>.</summary>
    public string Symbol { get; }

    /// <summary>What it measures: <c>data</c>, <c>energy</c>, <c>volume</c>, <c>time</c>, <c>length</c>, or
    /// <c>count:NAME</c>; times time for those over time.</summary>
    public string Dimension { get; }

    /// <summary>How many base units (B, Wh, mL, ms, m; over time those times seconds) one unit is; exact.</summary>
    public decimal Factor { get; }

    /// <summary>Whether it only counts things, and so converts only to itself.</summary>
    public bool IsCounted => Dimension.StartsWith("count:", StringComparison.Ordinal) && !Symbol.Contains('*', StringComparison.Ordinal);

    /// <summary>Reads a unit; capital letters matter.</summary>
    /// <returns>False for a malformed name, and for a measured unit in other capitals (<c>kwh</c>, <c>KB</c>): it would
    /// otherwise silently count something else.</returns>
    public static bool TryParse(string? symbol, [NotNullWhen(true)] out Unit? unit)
    {
        unit = null;
        if (symbol is null)
        {
            return false;
        }

        if (MeasuredUnits.BySymbol.TryGetValue(symbol, out unit))
        {
            return true;
        }

        if (symbol.IndexOf('*', StringComparison.Ordinal) is var star and >= 0)
        {
            return symbol.Length <= MaxLength && TryParseOverTime(symbol, symbol[..star], symbol[(star + 1)..], out unit);
        }

        if (!IsName(symbol) || MeasuredUnits.IsLookalike(symbol))
        {
            return false;
        }

        unit = new(symbol, "count:" + symbol, 1m);
        return true;
    }

    /// <summary>Reads a unit; capital letters matter.</summary>
    /// <exception cref="FormatException"><see cref="TryParse"/> would return false.</exception>
    public static Unit Parse(string symbol) =>
        TryParse(symbol, out var unit) ? unit : throw new FormatException($"'{symbol}' is no unit.");

    /// <summary>Whether quantities convert between the units.</summary>
    public static bool Converts(Unit from, Unit to) => from.Dimension == to.Dimension;

    /// <summary>Converts a quantity.</summary>
    /// <param name="quantity">In <paramref name="from"/>.</param>
    /// <param name="from">The unit of the quantity.</param>
    /// <param name="to">The unit wanted.</param>
    /// <param name="converted">In <paramref name="to"/>. When there is no finite decimal of at most
    /// <see cref="QuantityLimits.MaxFractionalDigits"/> places, rounded half even to that many.</param>
    /// <returns>True when the conversion is exact.</returns>
    /// <exception cref="ArgumentException">The units measure different things.</exception>
    /// <exception cref="InexactAmountException">The quantity is so large that its value in base units does not
    /// fit.</exception>
    public static bool TryConvert(decimal quantity, Unit from, Unit to, out decimal converted)
    {
        if (from.Symbol == to.Symbol)
        {
            converted = quantity;
            return true;
        }

        if (!Converts(from, to))
        {
            throw new ArgumentException($"{from.Symbol} does not convert to {to.Symbol}.", nameof(to));
        }

        var exact = ExactMath.TryDivide(ExactMath.Multiply(quantity, from.Factor), to.Factor, out var quotient);
        converted = DecimalText.Normalize(quotient);
        if (exact && converted.Scale <= QuantityLimits.MaxFractionalDigits)
        {
            return true;
        }

        converted = decimal.Round(quotient, QuantityLimits.MaxFractionalDigits, MidpointRounding.ToEven);
        return false;
    }

    /// <summary>The symbol.</summary>
    public override string ToString() => Symbol;

    private static bool TryParseOverTime(string symbol, string level, string time, [NotNullWhen(true)] out Unit? unit)
    {
        unit = time is "s" or "min" or "h" && TryParse(level, out var of)
            ? new(symbol, of.Dimension + "*time", of.Factor * (MeasuredUnits.BySymbol[time].Factor / MillisecondsPerSecond))
            : null;
        return unit is not null;
    }

    private static bool IsName(string symbol)
    {
        if (symbol == "1")
        {
            return true;
        }

        if (symbol.Length is 0 or > MaxLength || !char.IsAsciiLetter(symbol[0]))
        {
            return false;
        }

        return symbol.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.');
    }
}
