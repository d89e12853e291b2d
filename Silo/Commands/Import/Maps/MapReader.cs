using System.Text.Json;
using System.Text.Json.Serialization;

namespace OrleansBilling.Silo.Commands.Import.Maps;

/// <summary>Reads maps.</summary>
public static class MapReader
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    /// <summary>Reads a map file.</summary>
    /// <exception cref="UsageException">It is not a map; the message says where.</exception>
    public static MapDefinition Load(string path)
    {
        try
        {
            return Parse(File.ReadAllText(path));
        }
        catch (JsonException wrong)
        {
            throw new UsageException($"{path}: {wrong.Message}", wrong);
        }
    }

    /// <summary>Reads a map.</summary>
    /// <exception cref="JsonException">It is not a map.</exception>
    public static MapDefinition Parse(string json) =>
        JsonSerializer.Deserialize<MapDefinition>(json, Options) ?? throw new JsonException("The map is empty.");
}
