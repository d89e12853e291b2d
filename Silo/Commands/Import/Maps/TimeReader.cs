using NodaTime;
using NodaTime.TimeZones;
using OrleansBilling.Silo.Commands.Import.Rows;

namespace OrleansBilling.Silo.Commands.Import.Maps;

/// <summary>Reads the instant of a row, bound to the columns of one file.</summary>
internal sealed class TimeReader
{
    private readonly BoundColumn[] _columns;
    private readonly string _join;
    private readonly TimeFormat[] _formats;
    private readonly DateTimeZone _zone;
    private readonly string _ambiguous;
    private readonly bool _rejectsSkipped;
    private readonly int _addYears;
    private readonly Dictionary<(string Device, LocalDateTime Local), int> _occurrences = [];

    private TimeReader(TimeDefinition definition, ColumnIndex columns)
    {
        var names = definition.Columns ?? (definition.Column is { } one ? [one] : []);
        _columns = [.. names.Select(columns.Bind)];
        _join = definition.Join ?? " ";
        _formats = [.. (definition.Formats ?? ["iso"]).Select(TimeFormat.Of)];
        _zone = Zone(definition.Zone ?? "UTC");
        _ambiguous = OneOf(definition.Ambiguous ?? "earlier", "earlier", "later", "byOccurrence", "reject");
        _rejectsSkipped = OneOf(definition.Skipped ?? "forward", "forward", "reject") == "reject";
        _addYears = definition.AddYears;
    }

    /// <summary>The columns it needs.</summary>
    public IReadOnlyList<BoundColumn> Columns => _columns;

    public static TimeReader Bind(TimeDefinition definition, ColumnIndex columns) => new(definition, columns);

    /// <summary>The instant of a row.</summary>
    /// <param name="row">The row.</param>
    /// <param name="device">Whose times repeat together in autumn.</param>
    /// <param name="time">To 100 ns.</param>
    /// <returns>Null, or why there is none.</returns>
    public string? Read(SourceRow row, string device, out Instant time)
    {
        time = default;
        if (_columns is [var only])
        {
            return Read(row.Text(only), device, out time);
        }

        var parts = new string[_columns.Length];
        for (var i = 0; i < parts.Length; i++)
        {
            parts[i] = row.Text(_columns[i])?.Trim() ?? "";
            if (parts[i].Length == 0)
            {
                return "time.blank";
            }
        }

        return Read(string.Join(_join, parts), device, out time);
    }

    /// <summary>The instant a text stands for; see <see cref="Read(SourceRow, string, out Instant)"/>.</summary>
    public string? Read(string? text, string device, out Instant time)
    {
        time = default;
        if (Condition.IsBlank(text))
        {
            return "time.blank";
        }

        foreach (var format in _formats)
        {
            if (format.TryInstant(text!, out time))
            {
                return null;
            }

            if (format.TryLocal(text!, out var local))
            {
                return ToInstant(local, device, out time);
            }
        }

        return "time.not_a_time";
    }

    private string? ToInstant(LocalDateTime written, string device, out Instant time)
    {
        time = default;
        var local = written;
        if (_addYears != 0)
        {
            local = written.PlusYears(_addYears);
        }

        var mapping = _zone.MapLocal(local);
        switch (mapping.Count)
        {
            case 1:
                time = mapping.Single().ToInstant();
                return null;
            case 0 when _rejectsSkipped:
                return "time.skipped_by_clock_change";
            case 0:
                time = Resolvers.ReturnForwardShifted(local, _zone, mapping.EarlyInterval,
                    mapping.LateInterval).ToInstant();
                return null;
            default:
                return Twice(mapping, device, out time);
        }
    }

    private string? Twice(ZoneLocalMapping mapping, string device, out Instant time)
    {
        time = mapping.First().ToInstant();
        if (_ambiguous == "reject")
        {
            return "time.ambiguous_by_clock_change";
        }

        if (_ambiguous == "byOccurrence")
        {
            var seen = _occurrences.GetValueOrDefault((device, mapping.LocalDateTime)) + 1;
            _occurrences[(device, mapping.LocalDateTime)] = seen;
            time = seen == 1 ? time : mapping.Last().ToInstant();
        }
        else if (_ambiguous == "later")
        {
            time = mapping.Last().ToInstant();
        }

        return null;
    }

    private static DateTimeZone Zone(string id) =>
        DateTimeZoneProviders.Tzdb.GetZoneOrNull(id)
            ?? throw new UsageException($"The map names an unknown time zone \"{id}\".");

    private static string OneOf(string value, params string[] choices) =>
        choices.Contains(value) ? value
            : throw new UsageException($"\"{value}\" is none of {string.Join(", ", choices)}.");
}
