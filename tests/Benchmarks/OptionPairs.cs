using System.Globalization;

namespace OrleansBilling.Benchmarks;

/// <summary>Options as pairs of a name and a value.</summary>
internal static class OptionPairs
{
    /// <summary>Reads one pair after the other into options.</summary>
    /// <param name="with">The options with a value; null where name or value is none of theirs.</param>
    /// <returns>Null where a pair is wrong, or half of one is missing.</returns>
    public static T? Read<T>(string[] arguments, T options, Func<T, string, string, T?> with)
        where T : class
    {
        if (arguments.Length % 2 != 0)
        {
            return null;
        }
        T? read = options;
        for (var i = 0; i < arguments.Length && read is not null; i += 2)
        {
            read = with(read, arguments[i], arguments[i + 1]);
        }
        return read;
    }

    /// <summary>A number from <paramref name="least"/> to <paramref name="most"/>; null where it is none.</summary>
    public static int? Number(string text, int least, int most) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var n) && n >= least && n <= most ? n : null;
}
