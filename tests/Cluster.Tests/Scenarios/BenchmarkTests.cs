using System.Diagnostics;
using OrleansBilling.Cluster.Tests.Support;
using Xunit;

namespace OrleansBilling.Cluster.Tests.Scenarios;

/// <summary>The benchmarks run as their users run them, for a second: that they work, not what they measure.</summary>
public sealed class BenchmarkTests
{
    private const string Short = " --devices 50 --seconds 1 --warm-up 1 --partitions 4";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    [Theory]
    [InlineData("ingest --protocol grpc --batch 100 --baselines yes" + Short, "the product is")]
    [InlineData("ingest --protocol http --batch 10 --rate 500 --store sqlite --baselines no" + Short, "were acknowledged")]
    [InlineData("reserve --in-flight 4 --store sqlite" + Short, "reservations: ")]
    [InlineData("bill-run --customers 40 --devices 2 --partitions 4", "the chain is intact, the audit agrees")]
    public async Task What_is_measured_works_and_is_on_the_bill(string options, string expected)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Places.Repository,
        };
        foreach (var argument in $"{Binary()} {options}".Split(' '))
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
