using System.Text.Json;
using OrleansBilling.Core.Documents;
using OrleansBilling.Core.Usage;

namespace OrleansBilling.Silo.Commands.Lint;

/// <summary>Meters in a file: an array of what <c>POST /v1/meters</c> takes, in JSON or YAML.</summary>
internal static class MeterFile
{
    private const int MaxBytes = 4 * 1024 * 1024;

    private static readonly string[] Names = ["meters.json", "meters.yaml"];

    /// <summary>The meters of the named file, else those of <c>meters.json</c> or <c>meters.yaml</c> beside the plan; null when
    /// there is neither.</summary>
    /// <exception cref="UsageException">The file holds something else than valid meters.</exception>
    public static async Task<Func<string, MeterDefinition?>?> FindAsync(string? named, string plan, CancellationToken cancel)
    {
        var file = named ?? Names.Select(name => Path.Combine(Path.GetDirectoryName(plan) ?? "", name)).FirstOrDefault(File.Exists);
        return file is null ? null : Read(file, await File.ReadAllBytesAsync(file, cancel)).GetValueOrDefault;
    }

    private static Dictionary<string, MeterDefinition> Read(string file, byte[] bytes)
    {
        var read = PlanLintCommand.IsYaml(file)
            ? SourceDocument.ReadYaml(bytes, MaxBytes)
            : SourceDocument.ReadJson(bytes, MaxBytes);
        if (!read.Ok)
        {
            throw new UsageException($"{file}:{read.Error.At}: {read.Error.Error.Message}");
        }

        using var json = JsonDocument.Parse(read.Document.Json);
        if (json.RootElement.ValueKind != JsonValueKind.Array)
        {
            throw new UsageException($"{file}: give an array of meters, each as POST /v1/meters takes it.");
        }

        var meters = new Dictionary<string, MeterDefinition>(StringComparer.Ordinal);
        foreach (var (item, index) in json.RootElement.EnumerateArray().Select((item, index) => (item, index)))
        {
            var parsed = MeterJson.Parse(item);
            var errors = parsed.Meter is { } known ? known.Validate() : parsed.Errors;
            if (errors is [var error, ..])
            {
                var pointer = $"/{index}{error.Pointer}";
                throw new UsageException($"{file}:{read.Document.Find(pointer)}: {error.Code} at {pointer}: {error.Message}");
            }

            meters[parsed.Meter!.Id] = parsed.Meter;
        }

        return meters;
    }
}
