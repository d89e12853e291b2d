using System.Globalization;
using NodaTime;
using NodaTime.Text;

namespace OrleansBilling.Silo.Commands.Import.Maps;

/// <summary>One way in which times are written.</summary>
internal sealed class TimeFormat
{
    private const string Swapped = "swapped:";

    /// <summary>9999-12-31T23:59:59 in Unix seconds.</summary>
    private const decimal LastSecond = 253_402_300_799m;

    private static readonly IPattern<LocalDateTime>[] IsoLocal =
    [
        LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd HH:mm:ss.FFFFFFF"),
        LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm:ss.FFFFFFF"),
        LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd HH:mm"),
        LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm"),
    ];

    private readonly string _kind;
    private readonly IPattern<LocalDateTime>[] _patterns;
    private readonly bool _swapped;

    private TimeFormat(string kind, IPattern<LocalDateTime>[] patterns, bool swapped)
    {
        _kind = kind;
        _patterns = patterns;
        _swapped = swapped;
    }

    /// <exception cref="UsageException">Not a pattern.</exception>
    public static TimeFormat Of(string text)
    {
        if (text is "unix" or "unixMillis")
        {
            return new(text, [], false);
        }

        var swapped = text.StartsWith(Swapped, StringComparison.Ordinal);
        var pattern = swapped ? text[Swapped.Length..] : text;
        return pattern == "iso" ? new("iso", IsoLocal, swapped) : new("local", [Local(pattern)], swapped);
    }

    public bool TryInstant(string text, out Instant time)
    {
        time = default;
        return _kind switch
        {
            "unix" => TryUnix(text, NodaConstants.TicksPerSecond, out time),
            "unixMillis" => TryUnix(text, NodaConstants.TicksPerMillisecond, out time),
            "iso" => TryIso(text, out time),
            _ => false,
        };
    }

    public bool TryLocal(string text, out LocalDateTime local)
    {
        foreach (var pattern in _patterns)
        {
            if (pattern.Parse(text) is { Success: true } parsed)
            {
                local = _swapped ? SwapBack(parsed.Value) : parsed.Value;
                return true;
            }
        }

        local = default;
        return false;
    }

    /// <summary>Undoes a spreadsheet that took day for month wherever that gave a date.</summary>
    private static LocalDateTime SwapBack(LocalDateTime written) => written.Day > 12
        ? written
        : new LocalDate(written.Year, written.Day, written.Month) + written.TimeOfDay;

    private static bool TryUnix(string text, long ticksPerUnit, out Instant time)
    {
        time = default;
        if (DecimalText.Read(text, '.', out var value) is not null
            || Math.Abs(value) > LastSecond * NodaConstants.TicksPerSecond / ticksPerUnit)
        {
            return false;
        }

        time = Instant.FromUnixTimeTicks((long)decimal.Floor(value * ticksPerUnit));
        return true;
    }

    private static bool TryIso(string text, out Instant time)
    {
        time = default;
        if (text.Length > 10 && (text[^1] is 'Z' or 'z' || text.AsSpan(10).ContainsAny('+', '-'))
            && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal,
                out var offset))
        {
            time = Instant.FromDateTimeOffset(offset);
            return true;
        }

        return false;
    }

    private static LocalDateTimePattern Local(string text)
    {
        try
        {
            return LocalDateTimePattern.CreateWithInvariantCulture(text);
        }
        catch (InvalidPatternException wrong)
        {
            throw new UsageException($"The map's time format \"{text}\" is not a pattern: {wrong.Message}", wrong);
        }
    }
}
