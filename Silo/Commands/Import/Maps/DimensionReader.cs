using System.Text.Json;
using OrleansBilling.Silo.Commands.Import.Rows;

namespace OrleansBilling.Silo.Commands.Import.Maps;

/// <summary>
/// The value of a dimension: a template, or the first case that fits a column:
/// <c>{"column": "Model", "cases": [{"contains": "Rapid", "value": "rapid"}], "otherwise": "standard"}</c>.
/// </summary>
internal sealed class DimensionReader
{
    private readonly Template? _template;
    private readonly List<(Condition When, string Value)> _cases;
    private readonly string? _otherwise;

    private DimensionReader(Template? template, List<(Condition When, string Value)> cases, string? otherwise)
    {
        _template = template;
        _cases = cases;
        _otherwise = otherwise;
    }

    public static DimensionReader Bind(
        JsonElement definition, ColumnIndex columns, IReadOnlyDictionary<string, string> fixedValues)
    {
        if (definition.ValueKind == JsonValueKind.String)
        {
            return new(Template.Bind(definition.GetString()!, columns, fixedValues), [], null);
        }

        var column = Text(definition, "column")
            ?? throw new UsageException($"A dimension needs a column: {definition}");
        var cases = new List<(Condition, string)>();
        foreach (var one in definition.GetProperty("cases").EnumerateArray())
        {
            var when = new ConditionDefinition
            {
                Column = column,
                Contains = Text(one, "contains"),
                Is = Text(one, "is") is { } text ? [text] : null,
            };
            cases.Add((Condition.Bind(when, columns), Text(one, "value")
                ?? throw new UsageException($"A case needs a value: {one}")));
        }

        return new(null, cases, Text(definition, "otherwise"));
    }

    /// <summary>Null leaves the dimension out.</summary>
    public string? Read(SourceRow row)
    {
        if (_template is not null)
        {
            return _template.Write(row);
        }

        foreach (var (when, value) in _cases)
        {
            if (when.Holds(row))
            {
                return value;
            }
        }

        return _otherwise;
    }

    private static string? Text(JsonElement definition, string name) =>
        definition.TryGetProperty(name, out var value) ? value.GetString() : null;
}
