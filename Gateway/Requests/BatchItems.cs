using System.Text.Json;
using OrleansBilling.Gateway.Problems;

namespace OrleansBilling.Gateway.Requests;

/// <summary>What requests have in common whose items are answered one by one.</summary>
internal static class BatchItems
{
    /// <summary>The number of items of an array.</summary>
    /// <param name="name">Of the property, as in the sentence "at most 1,000 devices".</param>
    /// <exception cref="ProblemException">It is no array, or there are too many.</exception>
    public static int Count(JsonElement items, string name, int most)
    {
        if (items.ValueKind != JsonValueKind.Array)
        {
            throw new ProblemException(Problem.Invalid("json.type", "Give an array here.", $"/{name}"));
        }
        var count = items.GetArrayLength();
        return count <= most
            ? count
            : throw new ProblemException(Problem.Invalid(
                "json.too_many", $"A request takes at most {most} {name}, this one has {count}. Send it in parts.", $"/{name}"));
    }

    /// <summary>The id of an item that cannot be read as a whole; null when even that cannot be.</summary>
    public static string? IdOf(JsonElement json, string name = "id") =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var id) ? BodyValue.TextOf(id) : null;
}
