using System.Globalization;
using System.Text.Json.Nodes;
using NodaTime;
using OrleansBilling.Silo.Commands.Import;
using OrleansBilling.Silo.Commands.Import.Maps;
using OrleansBilling.Silo.Commands.Import.Rows;
using OrleansBilling.Silo.Commands.Import.Sending;

namespace OrleansBilling.Silo.Commands.Demo;

/// <summary>Prices by time, read from a data set, in the form that plans have.</summary>
internal sealed class PriceSchedule
{
    private readonly List<(Instant From, string Value)> _entries;
    private readonly bool _isBands;

    private PriceSchedule(List<(Instant From, string Value)> entries, bool isBands)
    {
        _entries = entries;
        _isBands = isBands;
        From = entries[0].From;
        Until = entries[^1].From + (entries.Count > 1 ? entries[^1].From - entries[^2].From : Duration.FromHours(1));
    }

    /// <summary>The first instant with a price.</summary>
    public Instant From { get; }

    /// <summary>The first instant without one: the last entry is as long as the one before.</summary>
    public Instant Until { get; }

    /// <exception cref="UsageException">There are no such files, or no prices in them.</exception>
    public static PriceSchedule Load(string dataDirectory, ScenarioSchedule definition)
    {
        var files = definition.Files
            .SelectMany(pattern => FilePatterns.Expand(Path.Combine(dataDirectory, definition.Dataset, pattern)));
        var entries = files.SelectMany(file => Read(file, definition)).OrderBy(entry => entry.From).ToList();
        return entries.Count > 0
            ? new(entries, definition.Band is not null)
            : throw new UsageException($"No prices in {Path.Combine(dataDirectory, definition.Dataset)}.");
    }

    /// <summary>Puts the entries into a charge's schedule; runs of equal prices become one entry.</summary>
    public void FillIn(JsonObject charge)
    {
        var entries = new JsonArray();
        string? last = null;
        foreach (var (from, value) in _entries)
        {
            if (value != last)
            {
                entries.Add(new JsonObject { ["from"] = EventJson.Time(from), [_isBands ? "band" : "price"] = value });
            }

            last = value;
        }

        var schedule = charge["schedule"]!.AsObject();
        schedule["entries"] = entries;
        schedule["until"] = EventJson.Time(Until);
    }

    private static IEnumerable<(Instant From, string Value)> Read(string path, ScenarioSchedule definition)
    {
        using var file = SourceFile.Open(path, new SourceFormat(false, ',', true, null));
        var time = TimeReader.Bind(new TimeDefinition { Column = definition.Time }, file.Columns);
        var value = file.Columns.Bind(definition.Band ?? definition.Price!);
        while (file.Read() is { } row)
        {
            if (time.Read(row, "", out var from) is { } wrong)
            {
                throw new UsageException($"{path}, line {row.Line}: {wrong}");
            }

            var text = row.Text(value)?.Trim() ?? throw new UsageException($"{path} has no column {value.Name}.");
            yield return (from, definition.Band is null ? Price(text) : text);
        }
    }

    /// <summary>Without exponents and needless zeros.</summary>
    private static string Price(string text) => DecimalText.Read(text, '.', out var price) is null
        ? price.ToString("0.############################", CultureInfo.InvariantCulture)
        : throw new UsageException($"\"{text}\" is not a price.");
}
