using OrleansBilling.Silo.Commands.Import.Rows;

namespace OrleansBilling.Silo.Commands.Import.Maps;

/// <summary>A question about a row, bound to the columns of its file.</summary>
internal sealed class Condition
{
    private readonly ConditionDefinition _definition;
    private readonly BoundColumn _column;
    private readonly decimal? _equalTo;
    private readonly decimal? _lessThan;
    private readonly decimal? _greaterThan;

    private Condition(ConditionDefinition definition, ColumnIndex columns)
    {
        _definition = definition;
        _column = columns.Bind(definition.Column);
        _equalTo = Number(definition.EqualTo);
        _lessThan = Number(definition.LessThan);
        _greaterThan = Number(definition.GreaterThan);
    }

    public static Condition Bind(ConditionDefinition definition, ColumnIndex columns) => new(definition, columns);

    /// <summary>Text that means that there is no value.</summary>
    public static bool IsBlank(string? text) =>
        string.IsNullOrWhiteSpace(text) || text is "NA" or "N/A" or "null" or "NULL" or "NaN";

    public bool Holds(SourceRow row)
    {
        var text = row.Text(_column);
        return (_definition.Blank is not { } blank || blank == IsBlank(text))
            && (_definition.Is is not { } values || values.Contains(text?.Trim(), StringComparer.Ordinal))
            && (_definition.Contains is not { } part
                || (text?.Contains(part, StringComparison.OrdinalIgnoreCase) ?? false))
            && NumberHolds(text);
    }

    private bool NumberHolds(string? text)
    {
        if (_equalTo is null && _lessThan is null && _greaterThan is null)
        {
            return true;
        }

        return DecimalText.Read(text, '.', out var value) is null
            && (_equalTo is not { } equal || value == equal)
            && (_lessThan is not { } less || value < less)
            && (_greaterThan is not { } greater || value > greater);
    }

    private static decimal? Number(string? text) =>
        text is null ? null
        : DecimalText.Read(text, '.', out var value) is null ? value
        : throw new UsageException($"The map compares with \"{text}\", which is not a number.");
}
