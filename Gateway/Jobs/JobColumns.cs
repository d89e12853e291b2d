using System.Globalization;
using OrleansBilling.Contracts.Jobs;
using OrleansBilling.Gateway.Api;
using OrleansBilling.Gateway.Problems;
using OrleansBilling.Gateway.Requests;

namespace OrleansBilling.Gateway.Jobs;

/// <summary>The columns of a job's items as CSV: fields of an item, by their JSON names.</summary>
internal sealed class JobColumns
{
    private const string Identifiers = "identifiers";
    private const int MostFaults = 20;

    /// <summary>
    /// Columns that results have before those of their items; passed over where such a file is sent again.
    /// </summary>
    public static readonly string[] OfResults = ["item", "line", "outcome", "status", "code", "message"];

    private static readonly string[] IdentifierFields = ["kind", "value", "from", "to", "takeOver"];

    private JobColumns(List<string> names)
    {
        Count = names.Count;
        var own = names.Select((name, index) => (Name: name, Index: index))
            .Where(column => !OfResults.Contains(column.Name)).ToList();
        Names = [.. own.Select(column => column.Name)];
        Plain = [.. own.Where(column => !column.Name.Contains('.', StringComparison.Ordinal))];
        Nested =
        [
            .. own.Where(column => IdentifierOf(column.Name) is not null)
                .GroupBy(column => IdentifierOf(column.Name)!.Value.Place).OrderBy(place => place.Key)
                .Select(place => place
                    .Select(column => (IdentifierOf(column.Name)!.Value.Field, column.Index)).ToArray()),
        ];
    }

    /// <summary>Cells of a row.</summary>
    public int Count { get; }

    /// <summary>Columns of items, in their order.</summary>
    public string[] Names { get; }

    /// <summary>Fields of the item itself.</summary>
    public (string Name, int Index)[] Plain { get; }

    /// <summary>Fields of its identifiers, one after the other.</summary>
    public (string Field, int Index)[][] Nested { get; }

    /// <summary>Columns with these names.</summary>
    /// <exception cref="ProblemException">422 that names what is unknown, missing or there twice.</exception>
    public static JobColumns Of(string kind, List<string> names)
    {
        var faults = Faults(kind, names).Take(MostFaults).ToList();
        return faults.Count == 0 ? new(names) : throw new ProblemException(Problem.Invalid(faults));
    }

    /// <summary>All columns that items of a kind may have, for those that came as JSON.</summary>
    public static string[] All(string kind, int identifiers) =>
    [
        .. Fields(kind),
        .. Enumerable.Range(0, identifiers)
            .SelectMany(place => IdentifierFields.Select(field => $"{Identifiers}.{place}.{field}")),
    ];

    /// <summary>Which identifier, from 0, and what of it a column is; null for other columns.</summary>
    public static (int Place, string Field)? IdentifierOf(string column) =>
        column.Split('.') is [Identifiers, var place, var field] && Array.IndexOf(IdentifierFields, field) >= 0
            && int.TryParse(place, NumberStyles.None, CultureInfo.InvariantCulture, out var at)
            && at < DeviceIdentifying.MaxIdentifiers && place == at.ToString(CultureInfo.InvariantCulture)
            ? (at, field)
            : null;

    private static string[] Fields(string kind) => kind switch
    {
        JobKind.Devices => ["id", "name", "subscription", "from", "state"],
        JobKind.Assignments => ["device", "subscription", "from"],
        _ => ["device", "state", "from"],
    };

    private static IEnumerable<ProblemError> Faults(string kind, List<string> names)
    {
        var fields = Fields(kind);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var name in names)
        {
            if (!fields.Contains(name) && !OfResults.Contains(name)
                && (kind != JobKind.Devices || IdentifierOf(name) is null))
            {
                var more = kind == JobKind.Devices
                    ? ", identifiers.0.kind, identifiers.0.value, identifiers.0.from …"
                    : "";
                yield return Fault(
                    "job.column_unknown",
                    $"There is no column '{name}'. The first line names columns, with commas between them: "
                    + $"{string.Join(", ", fields)}{more}.", name);
            }
            else if (!seen.Add(name))
            {
                yield return Fault("job.column_duplicate", $"The column '{name}' is there twice.", name);
            }
        }
        foreach (var name in (kind == JobKind.Devices ? ["id"] : fields).Where(name => !seen.Contains(name)))
        {
            yield return Fault(
                "job.column_missing", $"The column '{name}' is missing; the first line names the columns.", name);
        }
    }

    private static ProblemError Fault(string code, string message, string column) =>
        new(code, message, JsonPointer.Append("", column));
}
