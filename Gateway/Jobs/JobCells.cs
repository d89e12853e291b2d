using System.Globalization;
using System.Text.Json;
using NodaTime;
using NodaTime.Text;
using OrleansBilling.Contracts.Devices;
using OrleansBilling.Contracts.Jobs;

namespace OrleansBilling.Gateway.Jobs;

/// <summary>Cells of an item as CSV: of one that makes sense its values, of another one what was sent.</summary>
internal static class JobCells
{
    /// <summary>The cell of each column; empty where the item has nothing for it.</summary>
    public static string[] Of(JobItem item, string[] columns)
    {
        if (item.Raw is null)
        {
            return Array.ConvertAll(columns, column => Cell(item, column));
        }
        using var sent = JsonDocument.Parse(item.Raw);
        return Array.ConvertAll(columns, column =>
            column.Split('.').Aggregate((JsonElement?)sent.RootElement, Step) is { } json ? Text(json) : "");
    }

    private static string Cell(JobItem item, string column) => column switch
    {
        "id" or "device" => item.Device,
        "name" => item.Name,
        "subscription" => item.Subscription,
        "from" => Time(item.From),
        "state" => item.State,
        _ => JobColumns.IdentifierOf(column) is { } at && at.Place < item.Identifiers?.Length
            ? Cell(item.Identifiers[at.Place], at.Field)
            : null,
    } ?? "";

    private static string? Cell(IdentifierSpec identifier, string field) => field switch
    {
        "kind" => identifier.Kind,
        "value" => identifier.Value,
        "from" => Time(identifier.From),
        "to" => Time(identifier.To),
        _ => identifier.TakeOver ? "true" : null,
    };

    private static string? Time(Instant? time) => time is { } at ? InstantPattern.ExtendedIso.Format(at) : null;

    private static JsonElement? Step(JsonElement? json, string name) => json switch
    {
        { ValueKind: JsonValueKind.Object } named => named.TryGetProperty(name, out var value) ? value : null,
        { ValueKind: JsonValueKind.Array } placed
            when int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var place)
                && place < placed.GetArrayLength() => placed[place],
        _ => null,
    };

    private static string Text(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Null => "",
        JsonValueKind.String => Requests.BodyValue.TextOf(json) ?? json.GetRawText(),
        _ => json.GetRawText(),
    };
}
