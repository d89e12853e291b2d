using NodaTime;

namespace OrleansBilling.Core.ExchangeRates;

/// <summary>Sources of rates, and how old a rate of each may be.</summary>
public static class RateSources
{
    /// <summary>Euro foreign exchange reference rates of the European Central Bank, in their files.</summary>
    public const string Ecb = "ECB";

    /// <summary>Longest name of a source, in characters.</summary>
    public const int MaxNameLength = 60;

    /// <summary>Rates of other sources hold for a period from their date on, at most a month: HMRC publishes one a month.</summary>
    private const int MaxAgeDays = 31;

    /// <summary>The earliest date that a rate for a day may have.</summary>
    /// <remarks>Of the ECB it is the last day on or before it for which there are rates: an older one would mean that a file was not
    /// imported. So a conversion does not depend on when a file came.</remarks>
    public static LocalDate Earliest(string source, LocalDate day) => source == Ecb ? EcbCalendar.LastPublication(day) : day.PlusDays(-MaxAgeDays);

    /// <summary>1 to <see cref="MaxNameLength"/> printable characters, without white space at the ends.</summary>
    public static bool IsName(string? name) =>
        name is { Length: > 0 and <= MaxNameLength } && !char.IsWhiteSpace(name[0]) && !char.IsWhiteSpace(name[^1])
        && !name.Any(c => char.IsControl(c) || char.IsSurrogate(c));
}
