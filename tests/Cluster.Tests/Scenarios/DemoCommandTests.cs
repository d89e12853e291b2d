using System.Diagnostics;
using OrleansBilling.Cluster.Tests.Support;
using Xunit;

namespace OrleansBilling.Cluster.Tests.Scenarios;

public sealed class DemoCommandTests
{
    [Fact]
    public async Task The_demo_alone_starts_a_server_bills_the_samples_and_audits_itself()
    {
        var start = new ProcessStartInfo("dotnet")
        {
            ArgumentList = { SiloProcess.Binary(), "demo", "--only", "workplace" },
            WorkingDirectory = Places.Repository,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Remove("ORLEANSBILLING_URL");
        start.Environment.Remove("ORLEANSBILLING_KEY");
        using var demo = Process.Start(start)!;
        using var deadline = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        var errors = demo.StandardError.ReadToEndAsync(deadline.Token);
        var output = await demo.StandardOutput.ReadToEndAsync(deadline.Token);
        await demo.WaitForExitAsync(deadline.Token);

        Assert.True(demo.ExitCode == 0, output + await errors);
        Assert.Contains("370 invoices of 70 customers", output, StringComparison.Ordinal);
        Assert.Contains("every figure agrees", output, StringComparison.Ordinal);
    }
}
