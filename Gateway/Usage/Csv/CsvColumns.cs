using OrleansBilling.Contracts.Common;
using OrleansBilling.Gateway.Problems;
using OrleansBilling.Gateway.Requests;

namespace OrleansBilling.Gateway.Usage.Csv;

/// <summary>The columns of a CSV body: fields of an event, by their JSON names; those of an object inside have its name and a dot.</summary>
internal sealed class CsvColumns
{
    private const string Dimensions = "dimensions";
    private const string Identifier = "identifier";
    private const int MostFaults = 20;

    private static readonly HashSet<string> Fields = new(StringComparer.Ordinal)
    {
        "id", "device", "meter", "time", "value", "unit", "session", "phase", "operation", "identifier.kind", "identifier.value",
    };

    private static readonly string[] Required = ["id", "meter", "time", "value"];

    private CsvColumns(List<string> names)
    {
        var placed = names.Select((name, i) => (Name: name, Index: i)).ToList();
        Count = names.Count;
        Id = names.IndexOf("id");
        Plain = [.. placed.Where(column => !column.Name.Contains('.', StringComparison.Ordinal))];
        Nested =
        [
            .. new[] { Identifier, Dimensions }.Select(parent => (parent, placed
                .Where(column => column.Name.StartsWith($"{parent}.", StringComparison.Ordinal))
                .Select(column => (column.Name[(parent.Length + 1)..], column.Index)).ToArray())),
        ];
    }

    /// <summary>How many there are.</summary>
    public int Count { get; }

    /// <summary>Where the event's id is.</summary>
    public int Id { get; }

    /// <summary>Fields of the event itself.</summary>
    public (string Name, int Index)[] Plain { get; }

    /// <summary>Fields of its objects.</summary>
    public (string Parent, (string Name, int Index)[] Fields)[] Nested { get; }

    /// <summary>Columns with these names.</summary>
    /// <exception cref="ProblemException">422 that names what is unknown, missing or there twice.</exception>
    public static CsvColumns Of(List<string> names)
    {
        var faults = Faults(names).Take(MostFaults).ToList();
        return faults.Count == 0 ? new(names) : throw new ProblemException(Problem.Invalid(faults));
    }

    private static IEnumerable<ProblemError> Faults(List<string> names)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var name in names)
        {
            if (!Fields.Contains(name) && !IsDimension(name))
            {
                yield return Fault("usage.column_unknown",
                    $"There is no column '{name}'. The first line names columns, with commas between them: {string.Join(", ", Fields)}, "
                    + "and dimensions.NAME for each dimension.", name);
            }
            else if (!seen.Add(name))
            {
                yield return Fault("usage.column_duplicate", $"The column '{name}' is there twice.", name);
            }
        }
        foreach (var name in Required.Where(name => !seen.Contains(name)))
        {
            yield return Fault("usage.column_missing", $"The column '{name}' is missing; the first line names the columns.", name);
        }
        if (!seen.Contains("device") && !seen.Contains("identifier.value"))
        {
            yield return Fault("usage.column_missing", "A column 'device' is missing, or 'identifier.kind' and 'identifier.value'.", "device");
        }
    }

    private static bool IsDimension(string name) =>
        name.StartsWith($"{Dimensions}.", StringComparison.Ordinal)
        && name.Length - Dimensions.Length - 1 is >= 1 and <= UsageLimits.MaxDimensionLength && EntityId.IsValid(name);

    private static ProblemError Fault(string code, string message, string column) => new(code, message, JsonPointer.Append("", column));
}
