using System.Runtime.CompilerServices;
using System.Text.Json;
using OrleansBilling.Gateway.Tests.Host;
using Xunit;

namespace OrleansBilling.Gateway.Tests.Compat;

/// <summary>Clients that other products publish, run by Node.js as their users run them.</summary>
public sealed class CompatClients : IAsyncLifetime
{
    private static readonly NodeProject Project = new(Path.Combine(Path.GetDirectoryName(Here())!, "clients"));

    public Task InitializeAsync() => Project.InstallAsync();

    public Task DisposeAsync() => Task.CompletedTask;

    /// <summary>What OpenMeter's client says of an ingest.</summary>
    public static Task<JsonElement> OpenMeterAsync(Uri server, string key, string events) =>
        ScriptAsync("openmeter.mjs", new Uri(server, "/compat/openmeter").ToString(), key, events);

    /// <summary>What Lago's client says of a call.</summary>
    public static Task<JsonElement> LagoAsync(Uri server, string key, string method, string body) =>
        ScriptAsync("lago.mjs", new Uri(server, "/compat/lago/api/v1").ToString(), key, method, body);

    private static async Task<JsonElement> ScriptAsync(string script, params string[] arguments)
    {
        var output = await Project.RunAsync("node", [script, .. arguments]);
        return JsonDocument.Parse(output.Trim().Split('\n')[^1]).RootElement;
    }

    private static string Here([CallerFilePath] string path = "") => path;
}
