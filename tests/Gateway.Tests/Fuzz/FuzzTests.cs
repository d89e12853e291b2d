using OrleansBilling.Gateway.Tests.Host;
using Xunit;
using Xunit.Abstractions;

namespace OrleansBilling.Gateway.Tests.Fuzz;

/// <summary>A short fuzz run on a server of its own; <c>tests/fuzz</c> does long ones.</summary>
public sealed class FuzzTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Requests_valid_and_broken_get_documented_answers_and_what_was_taken_adds_up_after_a_crash()
    {
        var host = new HostFixture();
        await host.InitializeAsync();
        try
        {
            using var run = new FuzzRun(host, FuzzSettings.Seed, output.WriteLine);
            await run.PrepareAsync();
            await run.SendAsync(FuzzSettings.Of("FUZZ_REQUESTS", 4000));
            var memory = await FuzzMemory.MeasureAsync(host, run.RepeatAsync, FuzzSettings.Rounds, output.WriteLine);
            await run.RestartAndAuditAsync();
            output.WriteLine(run.Result.Statuses());
            Assert.True(run.Result.Faults.Count == 0, string.Join('\n', run.Result.Faults));
            Assert.True(run.Result.Succeeded.Count > run.Operations.Count * 3 / 4, $"Only {run.Result.Succeeded.Count} operations ever succeeded.");
            Assert.Empty(FuzzForeign.Operations.Select(one => one.Name).Append("POST /v1/events as CSV").Except(run.Result.Succeeded));
            Assert.True(memory.IsFlat, memory.ToString());
        }
        finally
        {
            await host.DisposeAsync();
        }
    }
}
