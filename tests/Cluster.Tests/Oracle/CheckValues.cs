using System.Text.Json;
using OrleansBilling.Cluster.Tests.Support;

namespace OrleansBilling.Cluster.Tests.Oracle;

/// <summary>Totals that were computed from the raw files when they were collected.</summary>
internal static class CheckValues
{
    private static readonly Lazy<JsonElement> Root = new(() =>
        JsonDocument.Parse(File.ReadAllText(Path.Combine(Places.SharedData!, "check-values.json"))).RootElement);

    /// <summary>Whether they are there: they belong to the whole data only.</summary>
    public static bool Exist => Places.SharedData is not null;

    public static JsonElement Dataset(string name) =>
        Root.Value.GetProperty("datasets").GetProperty(name).GetProperty("devices");

    public static JsonElement Rated(string name) => Root.Value.GetProperty("rated").GetProperty(name);

    /// <summary>A number, written as text so that no digit is lost.</summary>
    public static decimal Number(JsonElement parent, string name) =>
        OracleBill.Number(parent.GetProperty(name).ToString());
}
