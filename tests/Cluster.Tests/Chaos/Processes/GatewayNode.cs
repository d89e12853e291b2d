using OrleansBilling.Cluster.Tests.Chaos.Journals;
using OrleansBilling.Cluster.Tests.Chaos.Network;
using OrleansBilling.Cluster.Tests.Support;
using OrleansBilling.Tests.Support;

namespace OrleansBilling.Cluster.Tests.Chaos.Processes;

/// <summary>A gateway process; clients reach it directly, it reaches the membership table through a proxy.</summary>
internal sealed class GatewayNode : Node
{
    private readonly GatewayList _list;

    public GatewayNode(int number, ClusterSettings settings, JournalWriter journal, GatewayList list)
        : base($"gateway-{number}", settings, journal)
    {
        Number = number;
        _list = list;
        Database = new TcpProxy($"{Name}→database", StablePorts.Next(), () => settings.DatabasePort);
        Address = null!;
        Move();
    }

    public int Number { get; }

    public TcpProxy Database { get; }

    public GatewayAddress Address { get; private set; }

    /// <summary>The next start listens elsewhere, and clients know it.</summary>
    public void Move()
    {
        Address = new(Url(), Url());
        _list.Set(Number, Address);
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await Database.DisposeAsync();
    }

    protected override ServerProcess Launch() => ServerProcess.Start(
        Name,
        Binary(),
        LogPath,
        new Dictionary<string, string>
        {
            ["Storage__Provider"] = "PostgreSql",
            ["Storage__ConnectionString"] = Settings.ConnectionString(Database.Port),
            ["Cluster__Id"] = ClusterSettings.ClusterId,
            ["Gateway__HttpUrl"] = Address.Http.ToString().TrimEnd('/'),
            ["Gateway__GrpcUrl"] = Address.Grpc.ToString().TrimEnd('/'),
            ["Gateway__BootstrapKey"] = Settings.OperatorKey,
        });

    private static Uri Url() => new($"http://127.0.0.1:{StablePorts.Next()}/");

    private static string Binary() =>
        Environment.GetEnvironmentVariable("ORLEANSBILLING_GATEWAY")
        ?? Path.Combine(Path.GetDirectoryName(SiloProcess.Binary())!, "OrleansBilling.Gateway.dll");
}
