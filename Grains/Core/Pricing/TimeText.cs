using System.Text.Json;
using NodaTime;
using NodaTime.Text;
using OrleansBilling.Core.Validation;

namespace OrleansBilling.Core.Pricing;

/// <summary>How plans write times: ISO 8601, with weekdays as three letters and annual dates as <c>MM-dd</c>.</summary>
internal static class TimeText
{
    internal static readonly LocalTimePattern Minutes = LocalTimePattern.CreateWithInvariantCulture("HH:mm");

    internal static readonly AnnualDatePattern MonthAndDay = AnnualDatePattern.CreateWithInvariantCulture("MM-dd");

    private const string EndOfDay = "24:00";

    private static readonly string[] Days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

    internal static string Write(IsoDayOfWeek day) => Days[(int)day - 1];

    internal static string Write(LocalTime time, bool endOfDay) =>
        endOfDay && time == LocalTime.Midnight ? EndOfDay : Minutes.Format(time);

    internal static IsoDayOfWeek? Weekday(JsonElement json, string pointer, List<ValidationError> errors)
    {
        var index = json.ValueKind == JsonValueKind.String ? Array.IndexOf(Days, json.GetString()) : -1;
        if (index >= 0)
        {
            return (IsoDayOfWeek)(index + 1);
        }

        errors.Add(new(pointer, "json.value", "Use mon, tue, wed, thu, fri, sat or sun."));
        return null;
    }

    internal static LocalTime TimeOfDay(string text, bool endOfDay, string pointer, List<ValidationError> errors)
    {
        if (endOfDay && text == EndOfDay)
        {
            return LocalTime.Midnight;
        }

        var parsed = Minutes.Parse(text);
        if (parsed.Success && (!endOfDay || parsed.Value != LocalTime.Midnight))
        {
            return parsed.Value;
        }

        errors.Add(new(pointer, "json.value",
            endOfDay ? "Use HH:mm, with 24:00 for the end of the day." : "Use HH:mm, from 00:00 to 23:59."));
        return LocalTime.Midnight;
    }

    internal static LocalDate? Date(JsonElement json, string pointer, List<ValidationError> errors)
    {
        if (json.ValueKind == JsonValueKind.String
            && LocalDatePattern.Iso.Parse(json.GetString()!) is { Success: true } date)
        {
            return date.Value;
        }

        errors.Add(new(pointer, "json.value", "Use a date such as 2013-12-25."));
        return null;
    }

    internal static AnnualDate AnnualDate(string text, string pointer, List<ValidationError> errors)
    {
        var parsed = MonthAndDay.Parse(text);
        if (!parsed.Success)
        {
            errors.Add(new(pointer, "json.value", "Use MM-dd, such as 06-01."));
        }

        return parsed.Success ? parsed.Value : default;
    }

    internal static Instant? Instant(string text, string pointer, List<ValidationError> errors)
    {
        var parsed = OffsetDateTimePattern.Rfc3339.Parse(text);
        if (parsed.Success)
        {
            return parsed.Value.ToInstant();
        }

        errors.Add(new(pointer, "json.value", "Use an instant such as 2013-01-01T00:00:00Z."));
        return null;
    }
}
