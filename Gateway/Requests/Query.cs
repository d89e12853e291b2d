using System.Globalization;
using NodaTime;
using OrleansBilling.Gateway.Problems;

namespace OrleansBilling.Gateway.Requests;

/// <summary>Reads query parameters, strictly.</summary>
internal static class Query
{
    public const int DefaultLimit = 100;
    public const int MaxLimit = 1000;

    /// <summary>Entries of a page, 1 to <see cref="MaxLimit"/>.</summary>
    public static int Limit(HttpContext context) => Number(context, "limit", 1, MaxLimit) ?? DefaultLimit;

    /// <summary>Where the page before ended; null for the first page.</summary>
    public static string? After(HttpContext context)
    {
        var cursor = Text(context, "cursor");
        return cursor is null ? null : Cursor.Decode(cursor)
            ?? throw Fault("cursor", "Use the 'next' of the page before, as it was.");
    }

    public static string? Text(HttpContext context, string name)
    {
        var values = context.Request.Query[name];
        return values.Count switch
        {
            0 => null,
            1 when values[0] is { Length: > 0 and <= 1000 } value => value,
            _ => throw Fault(name, $"Give '{name}' once, with a value, or leave it out."),
        };
    }

    public static int? Number(HttpContext context, string name, int least, int most)
    {
        var text = Text(context, name);
        if (text is null)
        {
            return null;
        }
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            && value >= least && value <= most
            ? value
            : throw Fault(name, $"'{name}' is a whole number from {least} to {most}.");
    }

    public static Instant? Time(HttpContext context, string name)
    {
        var text = Text(context, name);
        // A plus sign that was not escaped arrives as a blank.
        return text is null ? null : BodyValue.TimeOf(text.Replace(' ', '+')) ?? throw Fault(name, BodyValue.TimeFault);
    }

    public static ProblemException Fault(string name, string message) => new(Problem.InvalidParameter(name, message));
}
