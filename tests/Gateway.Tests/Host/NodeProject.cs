using System.Diagnostics;
using Xunit;

namespace OrleansBilling.Gateway.Tests.Host;

/// <summary>A folder with a <c>package.json</c>, whose programs Node.js runs as their users run them.</summary>
internal sealed class NodeProject(string folder)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    public string Folder => folder;

    /// <summary>Installs exactly what the lock file says, unless it is there.</summary>
    public async Task InstallAsync()
    {
        var installed = Path.Combine(folder, "node_modules", ".package-lock.json");
        if (!File.Exists(installed) || File.GetLastWriteTimeUtc(installed) < File.GetLastWriteTimeUtc(Path.Combine(folder, "package-lock.json")))
        {
            await RunAsync("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"]);
        }
    }

    /// <summary>Runs a program in the folder, which must end well.</summary>
    /// <returns>What it wrote.</returns>
    public async Task<string> RunAsync(string program, string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true,
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
}
