using OrleansBilling.Silo.Commands.Import.Rows;

namespace OrleansBilling.Silo.Commands.Import.Maps;

/// <summary>Turns the rows of one file into events. A row is used whole or not at all.</summary>
public sealed class RowMapper
{
    private static readonly string[] Endings = [".gz", ".csv", ".ndjson", ".jsonl", ".json", ".txt"];
    private readonly List<(Condition When, string Reason)> _skip;
    private readonly List<(Condition When, string Reason)> _reject;
    private readonly List<EventReader> _emits;

    private RowMapper(MapDefinition map, ColumnIndex columns, string path, OrdinalCounter ordinals)
    {
        var fixedValues = new Dictionary<string, string>(map.Constants ?? new Dictionary<string, string>())
        {
            ["_file"] = BareName(path),
            ["_dir"] = Path.GetFileName(Path.GetDirectoryName(Path.GetFullPath(path))) ?? "",
        };
        _skip = Rules(map.Skip, columns);
        _reject = Rules(map.Reject, columns);
        _emits = [.. (map.Emits ?? []).Select(emit => new EventReader(emit, columns, fixedValues, ordinals, path))];
        if (_emits.Count == 0)
        {
            throw new UsageException("The map has no \"emits\": it says of no event what it is.");
        }
    }

    /// <summary>Binds a map to an open file.</summary>
    /// <exception cref="UsageException">The file lacks a column that the map needs, or the map is wrong.</exception>
    public static RowMapper Bind(MapDefinition map, SourceFile file, OrdinalCounter ordinals) =>
        new(map, file.Columns, file.Path, ordinals);

    /// <summary>The map for a file: the first variant whose names fit it is laid over it.</summary>
    public static MapDefinition ForFile(MapDefinition map, string path)
    {
        var name = Path.GetFileName(path);
        var variant = map.Variants?.FirstOrDefault(v => v.Files.Any(
            pattern => System.IO.Enumeration.FileSystemName.MatchesSimpleExpression(pattern, name)));
        return variant is null ? map : map.With(variant.Map);
    }

    /// <summary>How the map says that a file is to be read.</summary>
    /// <exception cref="UsageException">No such format or separator.</exception>
    public static SourceFormat Format(MapDefinition map, string path)
    {
        var name = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? path[..^3] : path;
        var isJson = map.Format switch
        {
            null => name.EndsWith("json", StringComparison.OrdinalIgnoreCase)
                || name.EndsWith(".jsonl", StringComparison.OrdinalIgnoreCase),
            "ndjson" => true,
            "csv" => false,
            _ => throw new UsageException($"The map's format \"{map.Format}\" is neither csv nor ndjson."),
        };
        return new(isJson, Separator(map.Separator), map.Header, map.Columns);
    }

    /// <summary>The events of a row, appended when it is used.</summary>
    public RowOutcome Map(SourceRow row, List<MappedEvent> into)
    {
        if (row.Broken is { } broken)
        {
            return RowOutcome.Rejected(broken);
        }

        if (First(_skip, row) is { } skipped)
        {
            return RowOutcome.Skipped(skipped);
        }

        if (First(_reject, row) is { } rejected)
        {
            return RowOutcome.Rejected(rejected);
        }

        var before = into.Count;
        foreach (var emit in _emits)
        {
            if (emit.Applies(row) && emit.Read(row, into) is { } wrong)
            {
                into.RemoveRange(before, into.Count - before);
                return RowOutcome.Rejected(wrong);
            }
        }

        return into.Count > before ? RowOutcome.Emitted : RowOutcome.Skipped("row.no_event");
    }

    /// <summary>A file's name without its endings.</summary>
    public static string BareName(string path)
    {
        var name = Path.GetFileName(path);
        foreach (var ending in Endings)
        {
            name = name.EndsWith(ending, StringComparison.OrdinalIgnoreCase) ? name[..^ending.Length] : name;
        }

        return name;
    }

    private static List<(Condition When, string Reason)> Rules(IReadOnlyList<RowRule>? rules, ColumnIndex columns) =>
        [.. (rules ?? []).Select(rule => (Condition.Bind(rule.When, columns), rule.Reason))];

    private static string? First(List<(Condition When, string Reason)> rules, SourceRow row)
    {
        foreach (var (when, reason) in rules)
        {
            if (when.Holds(row))
            {
                return reason;
            }
        }

        return null;
    }

    private static char? Separator(string? text) => text switch
    {
        null or "auto" => null,
        "tab" => '\t',
        "space" => ' ',
        { Length: 1 } => text[0],
        _ => throw new UsageException($"The map's separator \"{text}\" is not one character, tab, space or auto."),
    };
}
