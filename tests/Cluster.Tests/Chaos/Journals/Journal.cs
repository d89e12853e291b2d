using System.Text.Json;
using System.Text.Json.Serialization;

namespace OrleansBilling.Cluster.Tests.Chaos.Journals;

/// <summary>Reads what <see cref="JournalWriter"/> wrote.</summary>
internal static class Journal
{
    public static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    /// <summary>The entries in the order they were written.</summary>
    public static IEnumerable<JournalEntry> Read(string path)
    {
        foreach (var line in File.ReadLines(path))
        {
            yield return JsonSerializer.Deserialize<JournalEntry>(line, Json)
                ?? throw new InvalidDataException($"'{path}' has an empty entry.");
        }
    }
}
