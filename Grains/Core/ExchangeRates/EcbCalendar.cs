using NodaTime;

namespace OrleansBilling.Core.ExchangeRates;

/// <summary>Days for which the European Central Bank publishes reference rates: those on which TARGET (now T2) is open.</summary>
/// <remarks>Source: ECB, "TARGET2 closing days" since 2002, <c>https://www.ecb.europa.eu/paym/target/</c>: Saturdays, Sundays, 1 January,
/// Good Friday and Easter Monday, 1 May, 25 and 26 December.</remarks>
public static class EcbCalendar
{
    /// <summary>Whether rates are published for a day.</summary>
    public static bool IsPublished(LocalDate day) =>
        day.DayOfWeek is not (IsoDayOfWeek.Saturday or IsoDayOfWeek.Sunday)
        && (day.Month, day.Day) is not ((1, 1) or (5, 1) or (12, 25) or (12, 26))
        && Easter(day.Year) is var easter && day != easter.PlusDays(-2) && day != easter.PlusDays(1);

    /// <summary>The last such day on or before a day.</summary>
    public static LocalDate LastPublication(LocalDate day)
    {
        while (!IsPublished(day))
        {
            day = day.PlusDays(-1);
        }
        return day;
    }

    /// <summary>Easter Sunday of the Gregorian calendar.</summary>
    /// <remarks>The algorithm of Meeus, Jones and Butcher (J. Meeus, Astronomical Algorithms, ch. 8).</remarks>
    private static LocalDate Easter(int year)
    {
        var (a, b, c) = (year % 19, year / 100, year % 100);
        var h = ((19 * a) + b - (b / 4) - ((b - ((b + 8) / 25) + 1) / 3) + 15) % 30;
        var l = (32 + (2 * (b % 4)) + (2 * (c / 4)) - h - (c % 4)) % 7;
        var m = (a + (11 * h) + (22 * l)) / 451;
        var n = h + l - (7 * m) + 114;
        return new(year, n / 31, (n % 31) + 1);
    }
}
