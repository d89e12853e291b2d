using System.Text.Json;
using NodaTime.Text;

namespace OrleansBilling.Core.Pricing;

/// <summary>Time-of-use windows and schedules to canonical JSON.</summary>
internal static class TimeJsonWriter
{
    internal static void Write(Utf8JsonWriter writer, TimeOfUseDefinition? timeOfUse)
    {
        if (timeOfUse is null)
        {
            return;
        }

        writer.WriteStartObject("timeOfUse");
        writer.WriteStartArray("windows");
        foreach (var window in timeOfUse.Windows)
        {
            Write(writer, window);
        }

        writer.WriteEndArray();
        WriteHolidays(writer, timeOfUse);
        if (timeOfUse.Otherwise is { } otherwise)
        {
            writer.WriteStartObject("otherwise");
            writer.WriteString("name", otherwise.Name);
            ChargeJsonWriter.WritePrice(writer, otherwise.Price);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }

    internal static void Write(Utf8JsonWriter writer, ScheduleDefinition? schedule)
    {
        if (schedule is null)
        {
            return;
        }

        writer.WriteStartObject("schedule");
        if (schedule.Bands.Count > 0)
        {
            writer.WriteStartObject("bands");
            foreach (var band in schedule.Bands)
            {
                PlanJsonWriter.WriteDecimal(writer, band.Name, band.UnitPrice);
            }

            writer.WriteEndObject();
        }

        writer.WriteStartArray("entries");
        foreach (var entry in schedule.Entries)
        {
            Write(writer, entry);
        }

        writer.WriteEndArray();
        if (schedule.Until is { } until)
        {
            writer.WriteString("until", InstantPattern.ExtendedIso.Format(until));
        }

        writer.WriteEndObject();
    }

    private static void WriteHolidays(Utf8JsonWriter writer, TimeOfUseDefinition timeOfUse)
    {
        if (timeOfUse.Holidays.Count == 0)
        {
            return;
        }

        writer.WriteStartArray("holidays");
        foreach (var day in timeOfUse.Holidays)
        {
            writer.WriteStringValue(LocalDatePattern.Iso.Format(day));
        }

        writer.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter writer, WindowDefinition window)
    {
        writer.WriteStartObject();
        writer.WriteString("name", window.Name);
        if (window.Weekdays is { } weekdays)
        {
            writer.WriteStartArray("weekdays");
            foreach (var day in weekdays)
            {
                writer.WriteStringValue(TimeText.Write(day));
            }

            writer.WriteEndArray();
        }

        writer.WriteString("from", TimeText.Write(window.From, endOfDay: false));
        writer.WriteString("to", TimeText.Write(window.To, endOfDay: true));
        if (window.Season is { } season)
        {
            writer.WriteStartObject("season");
            writer.WriteString("from", TimeText.MonthAndDay.Format(season.From));
            writer.WriteString("to", TimeText.MonthAndDay.Format(season.To));
            writer.WriteEndObject();
        }

        if (window.Holidays is { } holidays)
        {
            writer.WriteBoolean("holidays", holidays);
        }

        ChargeJsonWriter.WritePrice(writer, window.Price);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, ScheduleEntry entry)
    {
        writer.WriteStartObject();
        writer.WriteString("from", InstantPattern.ExtendedIso.Format(entry.From));
        if (entry.Band is { } band)
        {
            writer.WriteString("band", band);
        }

        PlanJsonWriter.WriteDecimal(writer, "price", entry.Price);
        writer.WriteEndObject();
    }
}
