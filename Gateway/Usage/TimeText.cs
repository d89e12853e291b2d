namespace OrleansBilling.Gateway.Usage;

/// <summary>Reads RFC 3339 times from UTF-8: date, time and offset are all required.</summary>
public static class TimeText
{
    private const int MinLength = 20;
    private const int MaxFractionDigits = 9;

    /// <summary>
    /// Ticks of 100 ns since the Unix epoch. Digits of the fraction after the seventh are cut off; a leap second (60)
    /// and hour 24 are refused.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out long unixTicks)
    {
        unixTicks = 0;
        if (text.Length < MinLength || !HasSeparators(text)
            || !TryNumber(text[..4], out var year) || !TryNumber(text[5..7], out var month)
            || !TryNumber(text[8..10], out var day) || !TryNumber(text[11..13], out var hour)
            || !TryNumber(text[14..16], out var minute) || !TryNumber(text[17..19], out var second)
            || year == 0 || month is 0 or > 12 || day == 0 || day > DateTime.DaysInMonth(year, month)
            || hour > 23 || minute > 59 || second > 59)
        {
            return false;
        }
        var rest = text[19..];
        if (!TakeFraction(ref rest, out var fractionTicks) || !TryOffset(rest, out var offsetTicks))
        {
            return false;
        }
        var whole = new DateTime(year, month, day, hour, minute, second, DateTimeKind.Utc);
        var ticks = whole.Ticks + fractionTicks - offsetTicks;
        unixTicks = ticks - DateTime.UnixEpoch.Ticks;
        return ticks >= 0 && ticks <= DateTime.MaxValue.Ticks;
    }

    private static bool HasSeparators(ReadOnlySpan<byte> text) =>
        text[4] == '-' && text[7] == '-' && text[13] == ':' && text[16] == ':'
        && text[10] is (byte)'T' or (byte)'t' or (byte)' ';

    private static bool TryNumber(ReadOnlySpan<byte> digits, out int value)
    {
        value = 0;
        foreach (var digit in digits)
        {
            if (!char.IsAsciiDigit((char)digit))
            {
                return false;
            }
            value = (value * 10) + (digit - '0');
        }
        return true;
    }

    private static bool TakeFraction(ref ReadOnlySpan<byte> rest, out long ticks)
    {
        ticks = 0;
        if (rest.IsEmpty || rest[0] != '.')
        {
            return true;
        }
        rest = rest[1..];
        var digits = 0;
        var weight = TimeSpan.TicksPerSecond / 10;
        for (; !rest.IsEmpty && char.IsAsciiDigit((char)rest[0]); rest = rest[1..], weight /= 10)
        {
            ticks += (rest[0] - '0') * weight;
            digits++;
        }
        return digits is >= 1 and <= MaxFractionDigits;
    }

    private static bool TryOffset(ReadOnlySpan<byte> rest, out long ticks)
    {
        ticks = 0;
        if (rest is [(byte)'Z' or (byte)'z'])
        {
            return true;
        }
        if (rest.Length != 6 || rest[0] is not ((byte)'+' or (byte)'-') || rest[3] != ':'
            || !TryNumber(rest[1..3], out var hours) || !TryNumber(rest[4..6], out var minutes)
            || hours > 23 || minutes > 59)
        {
            return false;
        }
        ticks = ((hours * 60) + minutes) * TimeSpan.TicksPerMinute * (rest[0] == '-' ? -1 : 1);
        return true;
    }
}
