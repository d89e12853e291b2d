using System.Diagnostics;
using OrleansBilling.Cluster.Tests.Chaos.Network;
using OrleansBilling.Cluster.Tests.Chaos.Processes;
using OrleansBilling.Cluster.Tests.Support;
using OrleansBilling.Gateway.Hosting;
using OrleansBilling.Tests.Support;
using Xunit;

namespace OrleansBilling.Cluster.Tests.Scenarios;

/// <summary>A silo that is told to stop ends, whatever it waits for.</summary>
public sealed class StopTests
{
    /// <summary>The process has three seconds; the rest is for a busy machine.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(15);

    [Fact]
    public async Task A_silo_whose_database_answers_nothing_any_more_ends_within_its_limit()
    {
        using var directory = new TempDirectory();
        await using var postgres = await PrivatePostgres.StartNewAsync();
        await using var link = new TcpProxy("silo→database", StablePorts.Next(), () => postgres.Port);
        var management = new Uri($"http://127.0.0.1:{StablePorts.Next()}/");
        var database = $"Host={PrivatePostgres.Host};Port={link.Port};Username={PrivatePostgres.User};"
            + $"Password={PrivatePostgres.Password};Database=postgres";
        using var silo = ServerProcess.Start(
            "silo", SiloProcess.Binary(), Path.Combine(directory.Path, "silo.log"), new Dictionary<string, string>
            {
                ["Storage__Provider"] = "PostgreSql",
                ["Storage__ConnectionString"] = database,
                ["Storage__Partitions"] = "4",
                ["Cluster__AdvertisedAddress"] = "127.0.0.1",
                ["Cluster__SiloPort"] = $"{StablePorts.Next()}",
                ["Cluster__GatewayPort"] = $"{StablePorts.Next()}",
                ["Gateway__Embedded"] = "false",
                ["Management__HttpUrl"] = management.ToString().TrimEnd('/'),
                ["Host__StopWithin"] = "00:00:03",
            });
        await Readiness.UntilReadyAsync(management, ClusterUnderTest.ReadyLimit);

        link.Set(LinkState.BlackHole);
        var told = Stopwatch.StartNew();
        Assert.True(await silo.TerminateAsync(Limit), $"It did not end within {Limit}.\n{silo.LogTail()}");

        Assert.True(silo.ExitCode is 0 or StopLimit.ExitCode, $"It ended with {silo.ExitCode}.\n{silo.LogTail()}");
        Assert.True(told.Elapsed < Limit, $"It took {told.Elapsed}.");
    }
}
