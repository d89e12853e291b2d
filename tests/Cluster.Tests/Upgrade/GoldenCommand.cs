using System.Formats.Tar;
using System.IO.Compression;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using OrleansBilling.Cluster.Tests.Support;

namespace OrleansBilling.Cluster.Tests.Upgrade;

/// <summary>Writes a pair of golden files with this version of the program; see the README beside them.</summary>
internal static class GoldenCommand
{
    private static readonly JsonSerializerOptions Readable = new()
    {
        WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <param name="version">Of the pair, e.g. v2.</param>
    /// <param name="folder">Where they are written.</param>
    public static async Task RunAsync(string version, string folder)
    {
        await using var silo = new SiloProcess { Partitions = 2 };
        await silo.StartAsync();
        using var tenant = await TestTenant.CreateAsync(silo, "golden", "2026-01-31T23:30:00Z");
        await GoldenScenario.BeforeSnapshotAsync(tenant);
        await silo.StopAsync();
        await silo.StartAsync();
        await GoldenScenario.AfterSnapshotAsync(tenant);
        var answers = new JsonObject();
        foreach (var path in GoldenScenario.Paths)
        {
            answers[path] = JsonNode.Parse((await tenant.Client.GetAsync(path.TrimStart('/'), default)).GetRawText());
        }
        await silo.KillAsync();
        Directory.CreateDirectory(folder);
        await using (var packed = File.Create(Path.Combine(folder, $"store-{version}.tar.gz")))
        await using (var zip = new GZipStream(packed, CompressionLevel.SmallestSize))
        await using (var tar = new TarWriter(zip))
        {
            // Without the lock and the shared memory, which belong to the process that is dead.
            foreach (var file in new[] { "billing.db", "billing.db-wal" })
            {
                await tar.WriteEntryAsync(Path.Combine(silo.DataPath, "store", file), file);
            }
        }
        await File.WriteAllTextAsync(
            Path.Combine(folder, $"answers-{version}.json"),
            new JsonObject { ["key"] = tenant.Client.Key, ["answers"] = answers }.ToJsonString(Readable) + "\n");
    }
}
