using System.Diagnostics;
using OrleansBilling.Cluster.Tests.Chaos.Journals;
using OrleansBilling.Cluster.Tests.Chaos.Network;
using OrleansBilling.Tests.Support;

namespace OrleansBilling.Cluster.Tests.Chaos.Processes;

/// <summary>A whole cluster of real processes on one machine: PostgreSQL, silos, gateways, and a proxy on every link.</summary>
internal sealed class ClusterUnderTest : IAsyncDisposable
{
    /// <summary>Loads of partitions and cold code on a busy machine take their time; only a hang takes longer.</summary>
    public static readonly TimeSpan ReadyLimit = TimeSpan.FromMinutes(3);

    public const string OperatorKey = "chaos-operator-key-0123456789abcdef";
    private readonly JournalWriter _journal;
    private readonly ClusterSettings _settings;
    private readonly Lock _gate = new();
    private readonly List<SiloNode> _silos = [];
    private readonly List<GatewayNode> _gateways = [];

    private ClusterUnderTest(PrivatePostgres database, ClusterSettings settings, JournalWriter journal)
    {
        Database = database;
        (_settings, _journal) = (settings, journal);
    }

    public PrivatePostgres Database { get; }

    public IReadOnlyList<SiloNode> Silos
    {
        get
        {
            lock (_gate)
            {
                return [.. _silos];
            }
        }
    }

    public IReadOnlyList<GatewayNode> Gateways => _gateways;

    public IEnumerable<Node> Nodes => [.. Silos, .. _gateways];

    /// <summary>Every proxy there is.</summary>
    public IEnumerable<TcpProxy> Links => [.. Silos.SelectMany(silo => silo.Links), .. _gateways.Select(g => g.Database)];

    /// <summary>Starts everything and waits until it answers.</summary>
    public static async Task<ClusterUnderTest> StartAsync(
        int silos, int gateways, int partitions, string logDirectory, JournalWriter journal, GatewayList addresses)
    {
        Directory.CreateDirectory(logDirectory);
        var database = await PrivatePostgres.StartNewAsync();
        const string Name = "billing";
        await database.ExecuteAsync($"CREATE DATABASE {Name}");
        var settings = new ClusterSettings(logDirectory, database.Port, Name, OperatorKey, partitions);
        var cluster = new ClusterUnderTest(database, settings, journal);
        try
        {
            for (var number = 0; number < silos; number++)
            {
                cluster.AddSilo().Start();
            }

            for (var number = 0; number < gateways; number++)
            {
                var gateway = new GatewayNode(number, settings, journal, addresses);
                cluster._gateways.Add(gateway);
                gateway.Start();
            }

            await cluster.ReadyAsync();
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>One silo more, not started yet.</summary>
    public SiloNode AddSilo()
    {
        lock (_gate)
        {
            var silo = new SiloNode(_silos.Count, _settings, _journal);
            _silos.Add(silo);
            return silo;
        }
    }

    /// <summary>Every link passes and every node of the wanted number runs.</summary>
    public async Task HealAsync(int silos)
    {
        foreach (var link in Links)
        {
            link.DelayMs = 0;
            link.Set(LinkState.Open, reset: link.State != LinkState.Open);
        }

        foreach (var node in Nodes)
        {
            node.Resume();
        }

        if (!Database.IsRunning)
        {
            await Database.StartAsync();
        }

        foreach (var silo in Silos.Take(silos))
        {
            silo.Start();
        }

        foreach (var gateway in _gateways)
        {
            gateway.Start();
        }
    }

    /// <summary>Waits until each gateway says that all partitions answer.</summary>
    public async Task ReadyAsync()
    {
        foreach (var gateway in _gateways)
        {
            await Readiness.UntilReadyAsync(gateway.Address.Http, ReadyLimit);
        }
    }

    /// <summary>Stops the cluster and copies the database, for a look at it later.</summary>
    public async Task KeepDatabaseAsync(string directory)
    {
        foreach (var node in Nodes)
        {
            await node.KillAsync();
        }

        await Database.StopAsync();
        using var copy = Process.Start("cp", ["-R", Path.GetDirectoryName(Database.DataDirectory)!, directory]);
        await copy.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in Nodes)
        {
            await node.DisposeAsync();
        }

        await Database.DisposeAsync();
    }
}
