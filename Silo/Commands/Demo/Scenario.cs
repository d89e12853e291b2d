using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace OrleansBilling.Silo.Commands.Demo;

/// <summary>A data set, who pays for it and by which plans; docs/demo.md has the format.</summary>
public sealed record Scenario
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    /// <summary>Last part of the tenant's id.</summary>
    public required string Id { get; init; }

    /// <summary>One line for people.</summary>
    public required string Title { get; init; }

    /// <summary>Directory of the data set, below the data directory.</summary>
    public required string Dataset { get; init; }

    /// <summary>Its files, with wildcards.</summary>
    public required IReadOnlyList<string> Files { get; init; }

    /// <summary>The map, beside the scenario.</summary>
    public required string Map { get; init; }

    /// <summary>How long the tenant's periods wait for their last events; also how far the clock leaps.</summary>
    public required string Grace { get; init; }

    /// <summary>Where billing periods begin at midnight.</summary>
    public required string TimeZone { get; init; }

    /// <summary>A date on which a period begins; null is the first of a month.</summary>
    public string? AnchorDate { get; init; }

    /// <summary>As the API takes them.</summary>
    public required IReadOnlyList<JsonObject> Meters { get; init; }

    /// <summary>The plans.</summary>
    public required IReadOnlyList<ScenarioPlan> Plans { get; init; }

    /// <summary>Who pays for which devices; the first that fits a device counts.</summary>
    public required IReadOnlyList<ScenarioAccount> Accounts { get; init; }

    /// <summary>Where the scenario's own files are.</summary>
    [JsonIgnore]
    public string Directory { get; init; } = "";

    /// <summary>All scenarios below a directory, by id.</summary>
    /// <exception cref="UsageException">A file is not a scenario.</exception>
    public static IReadOnlyList<Scenario> LoadAll(string samples) =>
    [
        .. System.IO.Directory.EnumerateFiles(samples, "scenario*.json", SearchOption.AllDirectories)
            .Select(Load).OrderBy(scenario => scenario.Id, StringComparer.Ordinal),
    ];

    /// <summary>Reads a scenario.</summary>
    /// <exception cref="UsageException">The file is not one.</exception>
    public static Scenario Load(string path)
    {
        try
        {
            var scenario = JsonSerializer.Deserialize<Scenario>(File.ReadAllText(path), Options)
                ?? throw new JsonException("The scenario is empty.");
            return scenario with { Directory = Path.GetDirectoryName(Path.GetFullPath(path))! };
        }
        catch (JsonException wrong)
        {
            throw new UsageException($"{path}: {wrong.Message}", wrong);
        }
    }
}
