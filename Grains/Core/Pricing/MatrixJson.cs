using System.Text.Json;
using OrleansBilling.Core.Validation;

namespace OrleansBilling.Core.Pricing;

/// <summary>The JSON of matrices: form and types, and the canonical form.</summary>
internal static class MatrixJson
{
    private const int LongestName = 60;

    internal static MatrixDefinition? Read(JsonFields? fields)
    {
        if (fields is null)
        {
            return null;
        }

        var dimensions = Dimensions(fields);
        var counters = fields.Choice("counters", WordTable<MatrixCounters>.Instance) ?? MatrixCounters.PerRow;
        var rows = new List<MatrixRow>();
        foreach (var (json, pointer) in fields.Items("rows", PlanLimits.MaxMatrixRows, required: true) ?? [])
        {
            if (JsonFields.Open(json, pointer, fields.Errors) is { } row)
            {
                rows.Add(Row(row, rows.Count));
            }
        }

        var matrix = new MatrixDefinition(dimensions, counters, rows, Otherwise(fields.Object("otherwise")));
        fields.Finish();
        return matrix;
    }

    internal static void Write(Utf8JsonWriter writer, MatrixDefinition? matrix)
    {
        if (matrix is null)
        {
            return;
        }

        writer.WriteStartObject("matrix");
        PlanJsonWriter.WriteTexts(writer, "dimensions", matrix.Dimensions);
        PlanJsonWriter.WriteWord(writer, "counters", matrix.Counters);
        writer.WriteStartArray("rows");
        foreach (var row in matrix.Rows)
        {
            writer.WriteStartObject();
            writer.WriteString("name", row.Name);
            writer.WriteStartObject("keys");
            foreach (var key in row.Keys)
            {
                PlanJsonWriter.WriteTexts(writer, key.Dimension, key.Values);
            }

            writer.WriteEndObject();
            ChargeJsonWriter.WritePrice(writer, row.Price);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        if (matrix.Otherwise is { } otherwise)
        {
            writer.WriteStartObject("otherwise");
            writer.WriteString("name", otherwise.Name);
            ChargeJsonWriter.WritePrice(writer, otherwise.Price);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }

    private static List<string> Dimensions(JsonFields fields)
    {
        var dimensions = new List<string>();
        foreach (var (json, pointer) in fields.Items("dimensions", PlanLimits.MaxMatrixDimensions, required: true) ?? [])
        {
            if (json.ValueKind == JsonValueKind.String)
            {
                dimensions.Add(json.GetString()!);
            }
            else
            {
                fields.Errors.Add(new(pointer, "json.type", "Give the name of a dimension here."));
            }
        }

        return dimensions;
    }

    private static MatrixRow Row(JsonFields fields, int index)
    {
        var keys = new List<WhereClause>();
        foreach (var (dimension, json, pointer) in fields.Entries("keys", PlanLimits.MaxMatrixDimensions) ?? [])
        {
            if (Values(json) is not { } values)
            {
                fields.Errors.Add(new(pointer, "json.type", "Give a value, an array of values, or \"*\" for any."));
            }
            else if (values is not [MatrixDefinition.Wildcard])
            {
                keys.Add(new(dimension, values));
            }
        }

        RefuseTime(fields);
        var row = new MatrixRow(fields.Text("name") ?? NameOf(keys, index), keys, WindowJsonReader.Price(fields));
        fields.Finish();
        return row;
    }

    private static OtherwiseDefinition? Otherwise(JsonFields? fields)
    {
        if (fields is null)
        {
            return null;
        }

        RefuseTime(fields);
        var otherwise = new OtherwiseDefinition(fields.Text("name") ?? "otherwise", WindowJsonReader.Price(fields));
        fields.Finish();
        return otherwise;
    }

    private static void RefuseTime(JsonFields fields)
    {
        foreach (var name in (string[])["timeOfUse", "schedule"])
        {
            if (fields.Has(name))
            {
                fields.Fail(name, "plan.matrix_row_time",
                    "A row has one price. For prices by time give the charge 'timeOfUse', with a matrix in each window.");
            }
        }
    }

    private static List<string>? Values(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.String => [json.GetString()!],
        JsonValueKind.Array when json.EnumerateArray().All(v => v.ValueKind == JsonValueKind.String) =>
            [.. json.EnumerateArray().Select(v => v.GetString()!)],
        _ => null,
    };

    private static string NameOf(List<WhereClause> keys, int index)
    {
        var name = string.Join(", ", keys.Select(key => string.Join('/', key.Values)));
        return name.Length is > 0 and <= LongestName ? name : $"row {index + 1}";
    }
}
