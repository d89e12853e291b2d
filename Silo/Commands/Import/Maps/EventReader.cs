using System.Text.Json;
using OrleansBilling.Silo.Commands.Import.Rows;

namespace OrleansBilling.Silo.Commands.Import.Maps;

/// <summary>One event of a row, bound.</summary>
internal sealed class EventReader
{
    private readonly EmitDefinition _definition;
    private readonly Template _device;
    private readonly Template _id;
    private readonly bool _hasOrdinal;
    private readonly OrdinalCounter _ordinals;
    private readonly TimeReader _time;
    private readonly ValueReader _value;
    private readonly Condition? _when;
    private readonly decimal _min;
    private readonly decimal _max;
    private readonly List<(string Name, DimensionReader Value)> _dimensions;

    public EventReader(
        EmitDefinition definition,
        ColumnIndex columns,
        Dictionary<string, string> fixedValues,
        OrdinalCounter ordinals,
        string path)
    {
        _definition = definition;
        _ordinals = ordinals;
        _device = Template.Bind(definition.Device, columns, fixedValues);
        _hasOrdinal = definition.Id.EndsWith('#');
        _id = Template.Bind(_hasOrdinal ? definition.Id[..^1] : definition.Id, columns, fixedValues);
        _time = TimeReader.Bind(definition.Time, columns);
        var needed = new List<BoundColumn>(_time.Columns);
        _value = ValueReader.Bind(definition.Value, columns, definition.DecimalMark is [var mark] ? mark : '.', _time,
            needed);
        _when = definition.When is { } when ? Condition.Bind(when, columns) : null;
        _min = Bound(definition.Min) ?? decimal.MinValue;
        _max = Bound(definition.Max) ?? decimal.MaxValue;
        _dimensions = [.. (definition.Dimensions ?? new Dictionary<string, JsonElement>())
            .Select(pair => (pair.Key, DimensionReader.Bind(pair.Value, columns, fixedValues)))];
        if (needed.FirstOrDefault(column => !column.Exists) is { Name: { } missing })
        {
            throw new UsageException(
                $"{path} has no column \"{missing}\", which the map needs for meter {definition.Meter}.");
        }
    }

    public bool Applies(SourceRow row) => _when?.Holds(row) ?? true;

    /// <returns>Null, or why the row cannot be used.</returns>
    public string? Read(SourceRow row, List<MappedEvent> into)
    {
        if (_device.Write(row) is not { } device)
        {
            return "device.blank";
        }

        if (_value.Read(row, out var value) is { } noValue)
        {
            return noValue;
        }

        if (value < _min || value > _max)
        {
            return value < 0m && _min >= 0m ? "value.negative" : value < _min ? "value.below_minimum"
                : "value.above_maximum";
        }

        if (_time.Read(row, device, out var time) is { } noTime)
        {
            return noTime;
        }

        if (_id.Write(row) is not { } id)
        {
            return "id.blank";
        }

        if (_hasOrdinal && _ordinals.Next($"{_definition.Meter}\n{device}", id) is > 1 and var ordinal)
        {
            id = $"{id}#{ordinal}";
        }

        if (!IsId(device) || !IsId(id))
        {
            return IsId(device) ? "id.invalid" : "device.invalid_id";
        }

        into.Add(new(id, device, _definition.Meter, time, value, _definition.Unit, Dimensions(row)));
        return null;
    }

    private List<KeyValuePair<string, string>> Dimensions(SourceRow row)
    {
        var dimensions = new List<KeyValuePair<string, string>>(_dimensions.Count);
        foreach (var (name, value) in _dimensions)
        {
            if (value.Read(row) is { } text)
            {
                dimensions.Add(new(name, text));
            }
        }

        return dimensions;
    }

    /// <summary>As the API takes them; a device in a file may be anything.</summary>
    private static bool IsId(string text) =>
        text.Length is > 0 and <= 128 && !text.Any(c => char.IsControl(c) || char.IsSurrogate(c));

    private static decimal? Bound(string? text) =>
        text is null ? null
        : DecimalText.Read(text, '.', out var value) is null ? value
        : throw new UsageException($"The map's bound \"{text}\" is not a number.");
}
