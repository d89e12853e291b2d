using System.Globalization;
using System.Text.Json;
using NodaTime;
using OrleansBilling.Silo.Commands.Import.Rows;

namespace OrleansBilling.Silo.Commands.Import.Maps;

/// <summary>
/// Works a quantity out of a row. A closed set of functions, all total, so that a map can do no harm.
/// </summary>
internal abstract class ValueReader
{
    /// <summary>The quantity.</summary>
    /// <returns>Null, or why there is none.</returns>
    public abstract string? Read(SourceRow row, out decimal value);

    /// <summary>Binds what a map says to the columns of a file.</summary>
    /// <param name="definition">A column's name, a number, or an object with one function.</param>
    /// <param name="columns">Of the file.</param>
    /// <param name="mark">The decimal mark.</param>
    /// <param name="time">Reads the columns of <c>difference</c>.</param>
    /// <param name="needed">Columns it cannot do without are appended.</param>
    /// <exception cref="UsageException">No such function.</exception>
    public static ValueReader Bind(
        JsonElement definition, ColumnIndex columns, char mark, TimeReader time, List<BoundColumn> needed)
    {
        ValueReader Inner(JsonElement inner) => Bind(inner, columns, mark, time, needed);
        ValueReader[] All(JsonElement list) => [.. list.EnumerateArray().Select(Inner)];
        BoundColumn Column(JsonElement name)
        {
            var column = columns.Bind(name.GetString() ?? "");
            needed.Add(column);
            return column;
        }

        if (definition.ValueKind == JsonValueKind.String)
        {
            return new Cell(Column(definition), mark);
        }

        if (definition.ValueKind == JsonValueKind.Number)
        {
            return new Constant(definition.GetDecimal());
        }

        var (name, argument) = Function(definition);
        return name switch
        {
            "constant" => new Constant(decimal.Parse(argument.ToString(), CultureInfo.InvariantCulture)),
            "sum" => new Fold(All(argument), (a, b) => a + b),
            "product" => new Fold(All(argument), (a, b) => a * b),
            "max" => new Fold(All(argument), Math.Max),
            "min" => new Fold(All(argument), Math.Min),
            "ceilDiv" => new Fold(All(argument), (a, b) => b == 0m ? throw new DivideByZeroException()
                : decimal.Ceiling(a / b)),
            "orZero" => new OrZero(Inner(argument)),
            "length" => new ArrayLength(Column(argument)),
            "seconds" => new Seconds(Column(argument)),
            "difference" => new Difference(Column(argument[0]), Column(argument[1]), time),
            _ => throw new UsageException(
                $"The map uses an unknown function \"{name}\"; there are constant, sum, product, max, min, ceilDiv, orZero, "
                + "length, seconds, difference."),
        };
    }

    private static (string Name, JsonElement Argument) Function(JsonElement definition)
    {
        if (definition.ValueKind == JsonValueKind.Object && definition.EnumerateObject().ToList() is [var only])
        {
            return (only.Name, only.Value);
        }

        throw new UsageException($"A value is a column, a number or an object with one function, not {definition}.");
    }

    private sealed class Constant(decimal number) : ValueReader
    {
        public override string? Read(SourceRow row, out decimal value)
        {
            value = number;
            return null;
        }
    }

    private sealed class Cell(BoundColumn column, char mark) : ValueReader
    {
        public override string? Read(SourceRow row, out decimal value)
        {
            var text = row.Text(column);
            value = 0m;
            var wrong = Condition.IsBlank(text) ? "value.blank" : DecimalText.Read(text, mark, out value);
            return wrong is null ? null : $"{wrong}: {column.Name}";
        }
    }

    private sealed class Fold(ValueReader[] terms, Func<decimal, decimal, decimal> combine) : ValueReader
    {
        public override string? Read(SourceRow row, out decimal value)
        {
            if (terms[0].Read(row, out value) is { } first)
            {
                return first;
            }

            foreach (var term in terms.AsSpan(1))
            {
                if (term.Read(row, out var next) is { } wrong)
                {
                    return wrong;
                }

                try
                {
                    value = combine(value, next);
                }
                catch (Exception impossible) when (impossible is OverflowException or DivideByZeroException)
                {
                    return "value.out_of_range";
                }
            }

            return null;
        }
    }

    private sealed class OrZero(ValueReader inner) : ValueReader
    {
        public override string? Read(SourceRow row, out decimal value)
        {
            var wrong = inner.Read(row, out value);
            if (wrong is not null && wrong.StartsWith("value.blank", StringComparison.Ordinal))
            {
                value = 0m;
                return null;
            }

            return wrong;
        }
    }

    private sealed class ArrayLength(BoundColumn column) : ValueReader
    {
        public override string? Read(SourceRow row, out decimal value)
        {
            var length = row.Length(column);
            value = length ?? 0;
            return length is null ? $"value.not_a_list: {column.Name}" : null;
        }
    }

    /// <summary>h:mm:ss with any number of hours, or m:ss.</summary>
    private sealed class Seconds(BoundColumn column) : ValueReader
    {
        public override string? Read(SourceRow row, out decimal value)
        {
            value = 0m;
            var text = row.Text(column)?.Trim();
            if (Condition.IsBlank(text))
            {
                return $"value.blank: {column.Name}";
            }

            var parts = text!.Split(':');
            if (parts.Length is < 2 or > 3)
            {
                return $"value.not_a_duration: {column.Name}";
            }

            for (var i = 0; i < parts.Length; i++)
            {
                if (!int.TryParse(parts[i], NumberStyles.None, CultureInfo.InvariantCulture, out var part)
                    || (i > 0 && part > 59))
                {
                    return $"value.not_a_duration: {column.Name}";
                }

                value = (value * 60m) + part;
            }

            return null;
        }
    }

    /// <summary>Elapsed seconds from the second column to the first.</summary>
    private sealed class Difference(BoundColumn end, BoundColumn start, TimeReader time) : ValueReader
    {
        public override string? Read(SourceRow row, out decimal value)
        {
            value = 0m;
            if (time.Read(row.Text(end), "", out var to) is { } noEnd)
            {
                return $"{noEnd}: {end.Name}";
            }

            if (time.Read(row.Text(start), "", out var from) is { } noStart)
            {
                return $"{noStart}: {start.Name}";
            }

            value = (to - from).BclCompatibleTicks / (decimal)NodaConstants.TicksPerSecond;
            return null;
        }
    }
}
