using System.Security.Cryptography;
using OrleansBilling.Gateway.Auth;
using OrleansBilling.Silo.Commands;
using OrleansBilling.Silo.Hosting;

namespace OrleansBilling.Silo;

/// <summary>
/// The demo in one command: a server of its own on free ports and a directory of its own, which is gone afterwards. Whoever
/// names a server by address or key gets the demo played there.
/// </summary>
internal static class DemoHost
{
    private static readonly string[] NeedsNoServer = ["--url", "--key", "--list", "--help", "-h"];

    /// <summary>Whether the arguments ask for the demo without naming a server.</summary>
    public static bool IsWanted(string[] args) =>
        args is ["demo", ..]
        && !args.Any(arg => NeedsNoServer.Contains(arg.Split('=')[0], StringComparer.Ordinal))
        && Environment.GetEnvironmentVariable("ORLEANSBILLING_URL") is null
        && Environment.GetEnvironmentVariable("ORLEANSBILLING_KEY") is null;

    /// <summary>Starts the server, plays the demo, and on a terminal leaves the server running to look at the invoices.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        var folder = Directory.CreateTempSubdirectory("orleans-billing-demo-");
        try
        {
            var key = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24));
            var url = $"http://127.0.0.1:{Clustering.FreePort()}";
            await using var app = SiloHost.Build(
            [
                $"--Gateway:HttpUrl={url}", $"--Gateway:GrpcUrl=http://127.0.0.1:{Clustering.FreePort()}", $"--Gateway:BootstrapKey={key}",
                $"--Storage:Path={folder.FullName}", "--Kafka:BootstrapServers=", "--Logging:LogLevel:Default=Warning",
            ]);
            await app.StartAsync();
            await app.Services.GetRequiredService<KeyBootstrap>().EnsureAsync();
            var result = await CommandLine.RunAsync([.. args, "--url", url, "--key", key]);
            if (!Console.IsInputRedirected && !Console.IsOutputRedirected)
            {
                await Console.Out.WriteLineAsync($"The demo's server runs at {url} until you press Ctrl-C; then its data is gone.");
                await app.WaitForShutdownAsync();
            }
            await app.StopAsync();
            return result;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
