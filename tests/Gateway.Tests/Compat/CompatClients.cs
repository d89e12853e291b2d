using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Xunit;

namespace OrleansBilling.Gateway.Tests.Compat;

/// <summary>Clients that other products publish, run by Node.js as their users run them.</summary>
public sealed class CompatClients : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private static string Folder { get; } = Path.Combine(Path.GetDirectoryName(Here())!, "clients");

    /// <summary>Installs exactly what the lock file says, unless it is there.</summary>
    public async Task InitializeAsync()
    {
        var installed = Path.Combine(Folder, "node_modules", ".package-lock.json");
        if (!File.Exists(installed) || File.GetLastWriteTimeUtc(installed) < File.GetLastWriteTimeUtc(Path.Combine(Folder, "package-lock.json")))
        {
            await RunAsync("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"]);
        }
    }

    public Task DisposeAsync() => Task.CompletedTask;

    /// <summary>What OpenMeter's client says of an ingest.</summary>
    public static Task<JsonElement> OpenMeterAsync(Uri server, string key, string events) =>
        ScriptAsync("openmeter.mjs", new Uri(server, "/compat/openmeter").ToString(), key, events);

    /// <summary>What Lago's client says of a call.</summary>
    public static Task<JsonElement> LagoAsync(Uri server, string key, string method, string body) =>
        ScriptAsync("lago.mjs", new Uri(server, "/compat/lago/api/v1").ToString(), key, method, body);

    private static async Task<JsonElement> ScriptAsync(string script, params string[] arguments)
    {
        var output = await RunAsync("node", [script, .. arguments]);
        return JsonDocument.Parse(output.Trim().Split('\n')[^1]).RootElement;
    }

    private static async Task<string> RunAsync(string program, string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = Folder, RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
        using var limit = new CancellationTokenSource(Patience);
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(limit.Token), process.StandardError.ReadToEndAsync(limit.Token));
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
        Assert.True(process.ExitCode == 0, $"{program} ended with {process.ExitCode}: {await errors}{await output}");
        return await output;
    }

    private static string Here([CallerFilePath] string path = "") => path;
}
