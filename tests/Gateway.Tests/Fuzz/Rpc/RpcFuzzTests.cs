using OrleansBilling.Gateway.Tests.Access;
using OrleansBilling.Gateway.Tests.Host;
using Xunit;
using Xunit.Abstractions;

namespace OrleansBilling.Gateway.Tests.Fuzz.Rpc;

/// <summary>A short fuzz run over gRPC on a server of its own; <c>tests/fuzz</c> does long ones.</summary>
public sealed class RpcFuzzTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Calls_valid_and_broken_end_with_documented_statuses_and_what_is_refused_changes_nothing()
    {
        var host = new HostFixture();
        await host.InitializeAsync();
        try
        {
            using var world = await AccessWorld.MakeAsync(host);
            var result = new FuzzResult();
            using var run = new RpcFuzzRun(host, world, FuzzSettings.Seed, result);
            await run.PrepareAsync();
            await run.SendAsync(FuzzSettings.Of("FUZZ_CALLS", 2000));
            output.WriteLine(result.Statuses());
            Assert.True(result.Succeeded.Count == run.Methods.Count, $"Only {string.Join(", ", result.Succeeded)} ever succeeded.");

            var before = await FuzzState.OfAsync(world);
            var memory = await FuzzMemory.MeasureAsync(host, run.RepeatAsync, FuzzSettings.Rounds, output.WriteLine);
            Assert.True(result.Faults.Count == 0, string.Join('\n', result.Faults));
            Assert.True(run.Refused.Count > 100, $"Only {run.Refused.Count} calls were refused for what they said.");
            Assert.Equal(before, await FuzzState.OfAsync(world));
            Assert.True(memory.IsFlat, memory.ToString());
            Assert.Contains("\"agrees\":true", (await world.Owner.PostAsync("/v1/audit", "{}")).Body, StringComparison.Ordinal);
        }
        finally
        {
            await host.DisposeAsync();
        }
    }
}
