using System.Diagnostics.CodeAnalysis;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Runtime.MembershipService;
using OrleansBilling.Grains.Log.PostgreSql;
using OrleansBilling.Storage.Tests.Places;
using OrleansBilling.Tests.Support;
using Xunit;

namespace OrleansBilling.Storage.Tests.PostgreSql;

/// <summary>The scripts of the membership, by the provider of Orleans itself.</summary>
[SuppressMessage("Design", "CA1001", Justification = "xunit calls DisposeAsync of IAsyncLifetime.")]
public sealed class OrleansMembershipTests : IAsyncLifetime
{
    private const string Invariant = "Npgsql";
    private const string ClusterId = "billing-test";

    private static readonly DateTime Started = new(2026, 3, 1, 12, 0, 0, DateTimeKind.Utc);

    private readonly PostgresPlace _place = new();

    public async Task InitializeAsync()
    {
        await _place.PrepareAsync();
        await PostgresSchema.EnsureAsync(_place.ConnectionString, CancellationToken.None);
    }

    public async Task DisposeAsync() => await _place.DisposeAsync();

    [Fact]
    public async Task Two_silos_and_a_client_find_each_other()
    {
        using var first = await StartSiloAsync("first");
        using var second = await StartSiloAsync("second");
        var client = Host.CreateDefaultBuilder().UseOrleansClient(builder => builder
            .UseAdoNetClustering(Connect)
            .Configure<ClusterOptions>(Name)).Build();
        using var started = client;
        await client.StartAsync();

        var management = client.Services.GetRequiredService<IGrainFactory>().GetGrain<IManagementGrain>(0);
        await Wait.UntilAsync(
            async () => (await management.GetHosts(onlyActive: true)).Count == 2, "both silos are active");

        await client.StopAsync();
        await second.StopAsync();
        await Wait.UntilAsync(async () => await _place.ReadLongAsync(
            "SELECT count(*) FROM orleans_silos WHERE status = 3") == 1, "one silo has left");
        await first.StopAsync();
    }

    [Fact]
    public async Task A_change_from_an_old_view_of_the_membership_is_refused()
    {
        var table = await OpenTableAsync();
        var start = (await table.ReadAllAsync()).Version;
        Assert.Equal(0, start.Version);

        Assert.True(await table.InsertRowAsync(Entry(1), start.Next()));
        Assert.False(await table.InsertRowAsync(Entry(2), start.Next()));
        var next = (await table.ReadAllAsync()).Version;
        Assert.False(await table.InsertRowAsync(Entry(1), next.Next()));
        Assert.True(await table.InsertRowAsync(Entry(2), next.Next()));

        var all = await table.ReadAllAsync();
        Assert.Equal((2, 2), (all.Version.Version, all.Members.Count));
        var (entry, etag) = (await table.ReadRowAsync(Address(1))).Members.Single();
        Assert.False(await table.UpdateRowAsync(entry, "1", next.Next()));
        entry.Status = SiloStatus.Dead;
        entry.AddSuspector(Address(2), Started.AddMinutes(2));
        Assert.True(await table.UpdateRowAsync(entry, etag, all.Version.Next()));
        Assert.Equal(3, (await table.ReadAllAsync()).Version.Version);
    }

    [Fact]
    public async Task What_is_known_of_a_silo_is_read_back_as_it_was_written()
    {
        var table = await OpenTableAsync();
        await table.InsertRowAsync(Entry(1), (await table.ReadAllAsync()).Version.Next());
        var (entry, etag) = (await table.ReadAllAsync()).Members.Single();
        entry.Status = SiloStatus.Active;
        entry.AddSuspector(Address(9), Started.AddMinutes(2));
        await table.UpdateRowAsync(entry, etag, (await table.ReadAllAsync()).Version.Next());
        entry.IAmAliveTime = Started.AddMinutes(5);
        await table.UpdateIAmAliveAsync(entry);

        var read = (await table.ReadRowAsync(Address(1))).Members.Single().Item1;

        Assert.Equal((Address(1), "silo-1", "host-1", SiloStatus.Active, 30_000, Started, Started.AddMinutes(5)),
            (read.SiloAddress, read.SiloName, read.HostName, read.Status, read.ProxyPort, read.StartTime,
                read.IAmAliveTime));
        Assert.Equal((Address(9), Started.AddMinutes(2)),
            (read.SuspectTimes!.Single().Item1, read.SuspectTimes!.Single().Item2));
        Assert.Empty((await table.ReadRowAsync(Address(2))).Members);
    }

    [Fact]
    public async Task Silos_long_dead_are_forgotten_and_nobody_else()
    {
        var table = await OpenTableAsync();
        for (var i = 1; i <= 3; i++)
        {
            var entry = Entry(i);
            entry.Status = i == 3 ? SiloStatus.Active : SiloStatus.Dead;
            entry.IAmAliveTime = i == 2 ? Started.AddHours(2) : Started;
            await table.InsertRowAsync(entry, (await table.ReadAllAsync()).Version.Next());
        }

        await table.CleanupDefunctSiloEntriesAsync(Started.AddHours(1));

        Assert.Equal([Address(2), Address(3)],
            (await table.ReadAllAsync()).Members.Select(member => member.Item1.SiloAddress).Order());
        await table.DeleteMembershipTableEntriesAsync(ClusterId);
        Assert.Equal(0, await _place.ReadLongAsync("SELECT count(*) FROM orleans_silos"));
    }

    private static MembershipEntry Entry(int number) => new()
    {
        SiloAddress = Address(number),
        SiloName = $"silo-{number}",
        HostName = $"host-{number}",
        Status = SiloStatus.Joining,
        ProxyPort = 30_000,
        StartTime = Started,
        IAmAliveTime = Started,
    };

    private static SiloAddress Address(int number) =>
        SiloAddress.New(new IPEndPoint(IPAddress.Loopback, 11_000 + number), number);

    private static void Name(ClusterOptions options)
    {
        options.ClusterId = ClusterId;
        options.ServiceId = "billing";
    }

    private void Connect(AdoNetClusteringClientOptions options)
    {
        options.Invariant = Invariant;
        options.ConnectionString = _place.ConnectionString;
    }

    private void Connect(AdoNetClusteringSiloOptions options)
    {
        options.Invariant = Invariant;
        options.ConnectionString = _place.ConnectionString;
    }

    private async Task<IMembershipTable> OpenTableAsync()
    {
        var options = new AdoNetClusteringSiloOptions();
        Connect(options);
        var cluster = new ClusterOptions();
        Name(cluster);
        var table = new AdoNetClusteringTable(new ServiceCollection().BuildServiceProvider(), Options.Create(cluster),
            Options.Create(options), NullLogger<AdoNetClusteringTable>.Instance);
        await table.InitializeMembershipTableAsync(tryInitTableVersion: true);
        return table;
    }

    private async Task<IHost> StartSiloAsync(string name)
    {
        var host = Host.CreateDefaultBuilder().UseOrleans(builder => builder
            .UseAdoNetClustering(Connect)
            .Configure<ClusterOptions>(Name)
            .Configure<SiloOptions>(options => options.SiloName = name)
            .ConfigureEndpoints(IPAddress.Loopback, FreePorts.Next(), FreePorts.Next())).Build();
        await host.StartAsync();
        return host;
    }
}
