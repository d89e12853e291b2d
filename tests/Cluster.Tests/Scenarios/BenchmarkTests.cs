using System.Diagnostics;
using OrleansBilling.Cluster.Tests.Support;
using Xunit;

namespace OrleansBilling.Cluster.Tests.Scenarios;

/// <summary>The benchmarks run as their users run them, for a second: that they work, not what they measure.</summary>
public sealed class BenchmarkTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    [Theory]
    [InlineData("ingest --protocol grpc --batch 100 --baselines yes --seconds 1 --warm-up 1", "the product is")]
    [InlineData("ingest --protocol http --batch 10 --rate 500 --store sqlite --baselines no --seconds 1 --warm-up 1", "were acknowledged")]
    [InlineData("reserve --in-flight 4 --store sqlite --seconds 1 --warm-up 1", "reservations: ")]
    // How much slower the end of three seconds is than their beginning says nothing; that it is told does.
    [InlineData("soak --seconds 3 --find 1 --load 10% --warm-up 1 --store sqlite --batch 10 --in-flight 2 --most-drift 10000%", "nothing is wrong")]
    [InlineData("fleet", "devices")]
    [InlineData("bill-run --customers 5", "the chain is intact, the audit agrees")]
    public async Task What_is_measured_works_and_is_on_the_bill(string options, string expected)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Places.Repository,
        };
        foreach (var argument in $"{Binary()} {options} --devices 50 --partitions 4".Split(' '))
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync().WaitAsync(Patience);

        Assert.True(process.ExitCode == 0, $"{await output}\n{await errors}");
        Assert.Contains(expected, await output, StringComparison.Ordinal);
    }

    /// <summary>Built beside the tests, in the same configuration.</summary>
    private static string Binary()
    {
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Name;
        return Path.Combine(Places.Repository, "artifacts", "bin", "Benchmarks", configuration, "OrleansBilling.Benchmarks.dll");
    }
}
