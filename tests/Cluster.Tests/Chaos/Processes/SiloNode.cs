using System.Globalization;
using OrleansBilling.Cluster.Tests.Chaos.Journals;
using OrleansBilling.Cluster.Tests.Chaos.Network;
using OrleansBilling.Cluster.Tests.Support;
using OrleansBilling.Tests.Support;

namespace OrleansBilling.Cluster.Tests.Chaos.Processes;

/// <summary>A silo without a gateway of its own; every link to it and its link to the database go through proxies.</summary>
internal sealed class SiloNode : Node
{
    private int _siloPort;
    private int _gatewayPort;

    public SiloNode(int number, ClusterSettings settings, JournalWriter journal)
        : base($"silo-{number}", settings, journal)
    {
        Number = number;
        Database = new TcpProxy($"{Name}→database", StablePorts.Next(), () => settings.DatabasePort);
        TakePorts();
        Silos = new TcpProxy($"silos→{Name}", StablePorts.Next(), () => _siloPort);
        Gateways = new TcpProxy($"gateways→{Name}", StablePorts.Next(), () => _gatewayPort);
    }

    public int Number { get; }

    public TcpProxy Database { get; }

    /// <summary>What other silos send to this one.</summary>
    public TcpProxy Silos { get; private set; }

    /// <summary>What gateways send to this one.</summary>
    public TcpProxy Gateways { get; private set; }

    public IEnumerable<TcpProxy> Links => [Database, Silos, Gateways];

    public Uri ManagementUrl { get; private set; } = null!;

    /// <summary>The next start has another address, as a new container would have.</summary>
    public async Task MoveAsync()
    {
        await Silos.DisposeAsync();
        await Gateways.DisposeAsync();
        TakePorts();
        Silos = new TcpProxy(Silos.Name, StablePorts.Next(), () => _siloPort);
        Gateways = new TcpProxy(Gateways.Name, StablePorts.Next(), () => _gatewayPort);
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        foreach (var link in Links)
        {
            await link.DisposeAsync();
        }
    }

    protected override ServerProcess Launch() => ServerProcess.Start(
        Name,
        SiloProcess.Binary(),
        LogPath,
        new Dictionary<string, string>
        {
            ["Storage__Provider"] = "PostgreSql",
            ["Storage__ConnectionString"] = Settings.ConnectionString(Database.Port),
            ["Storage__Partitions"] = Text(Settings.Partitions),
            ["Cluster__Id"] = ClusterSettings.ClusterId,
            ["Cluster__AdvertisedAddress"] = "127.0.0.1",
            ["Cluster__SiloPort"] = Text(Silos.Port),
            ["Cluster__SiloListenPort"] = Text(_siloPort),
            ["Cluster__GatewayPort"] = Text(Gateways.Port),
            ["Cluster__GatewayListenPort"] = Text(_gatewayPort),
            ["Gateway__Embedded"] = "false",
            ["Management__HttpUrl"] = ManagementUrl.ToString().TrimEnd('/'),
        });

    private void TakePorts()
    {
        (_siloPort, _gatewayPort) = (StablePorts.Next(), StablePorts.Next());
        ManagementUrl = new Uri($"http://127.0.0.1:{StablePorts.Next()}/");
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
