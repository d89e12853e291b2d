using NodaTime;
using OrleansBilling.Core.Validation;

namespace OrleansBilling.Core.Pricing;

/// <summary>JSON to one time-of-use window.</summary>
internal static class WindowJsonReader
{
    private static readonly PriceDefinition Missing = new() { Model = PriceModel.Flat };

    internal static WindowDefinition Read(JsonFields fields)
    {
        var window = new WindowDefinition
        {
            Name = fields.Text("name", required: true) ?? "",
            Weekdays = Weekdays(fields),
            From = Time(fields, "from", endOfDay: false),
            To = Time(fields, "to", endOfDay: true),
            Season = Season(fields.Object("season")),
            Holidays = fields.Flag("holidays"),
            Price = Price(fields),
        };
        fields.Finish();
        return window;
    }

    /// <summary>The price beside the other properties; an error when there is none.</summary>
    internal static PriceDefinition Price(JsonFields fields)
    {
        if (PriceJsonReader.Read(fields) is { } price)
        {
            return price;
        }

        fields.Fail("model", "plan.price_missing", "Give a price here: a model such as 'perUnit' with its parameters.");
        return Missing;
    }

    private static List<IsoDayOfWeek>? Weekdays(JsonFields fields)
    {
        if (fields.Items("weekdays", 7) is not { } items)
        {
            return null;
        }

        var days = new List<IsoDayOfWeek>();
        foreach (var (json, pointer) in items)
        {
            if (TimeText.Weekday(json, pointer, fields.Errors) is { } day)
            {
                days.Add(day);
            }
        }

        return days;
    }

    private static LocalTime Time(JsonFields fields, string name, bool endOfDay) =>
        fields.Text(name, required: true) is { } text
            ? TimeText.TimeOfDay(text, endOfDay, fields.At(name), fields.Errors)
            : default;

    private static SeasonDefinition? Season(JsonFields? fields)
    {
        if (fields is null)
        {
            return null;
        }

        var from = fields.Text("from", required: true);
        var to = fields.Text("to", required: true);
        fields.Finish();
        return from is null || to is null
            ? null
            : new(
                TimeText.AnnualDate(from, fields.At("from"), fields.Errors),
                TimeText.AnnualDate(to, fields.At("to"), fields.Errors));
    }
}
