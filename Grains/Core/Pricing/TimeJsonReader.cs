using NodaTime;
using OrleansBilling.Core.Validation;

namespace OrleansBilling.Core.Pricing;

/// <summary>JSON to time-of-use windows and schedules.</summary>
internal static class TimeJsonReader
{
    internal static TimeOfUseDefinition? TimeOfUse(JsonFields? fields)
    {
        if (fields is null)
        {
            return null;
        }

        var windows = new List<WindowDefinition>();
        foreach (var (json, pointer) in fields.Items("windows", PlanLimits.MaxWindows, required: true) ?? [])
        {
            if (JsonFields.Open(json, pointer, fields.Errors) is { } window)
            {
                windows.Add(WindowJsonReader.Read(window));
            }
        }

        var holidays = fields.Items("holidays", PlanLimits.MaxHolidays) ?? [];
        var definition = new TimeOfUseDefinition(
            windows,
            [.. holidays.Select(item => TimeText.Date(item.Json, item.Pointer, fields.Errors)).OfType<LocalDate>()],
            Otherwise(fields.Object("otherwise")));
        fields.Finish();
        return definition;
    }

    internal static ScheduleDefinition? Schedule(JsonFields? fields)
    {
        if (fields is null)
        {
            return null;
        }

        var definition = new ScheduleDefinition(Bands(fields), Entries(fields), Instant(fields, "until"));
        fields.Finish();
        return definition;
    }

    private static OtherwiseDefinition? Otherwise(JsonFields? fields)
    {
        if (fields is null)
        {
            return null;
        }

        var otherwise = new OtherwiseDefinition(fields.Text("name") ?? "otherwise", WindowJsonReader.Price(fields));
        fields.Finish();
        return otherwise;
    }

    private static List<ScheduleBand> Bands(JsonFields fields)
    {
        var bands = new List<ScheduleBand>();
        foreach (var (name, json, pointer) in fields.Entries("bands", PlanLimits.MaxBands) ?? [])
        {
            if (JsonFields.Decimal(json, pointer, fields.Errors) is { } price)
            {
                bands.Add(new(name, price));
            }
        }

        return bands;
    }

    private static List<ScheduleEntry> Entries(JsonFields fields)
    {
        var entries = new List<ScheduleEntry>();
        foreach (var (json, pointer) in fields.Items("entries", PlanLimits.MaxScheduleEntries, required: true) ?? [])
        {
            if (JsonFields.Open(json, pointer, fields.Errors) is { } entry)
            {
                var from = Instant(entry, "from", required: true) ?? default;
                entries.Add(new(from, entry.Text("band"), entry.Number("price")));
                entry.Finish();
            }
        }

        return entries;
    }

    private static Instant? Instant(JsonFields fields, string name, bool required = false) =>
        fields.Text(name, required) is { } text ? TimeText.Instant(text, fields.At(name), fields.Errors) : null;
}
