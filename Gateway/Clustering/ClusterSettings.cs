using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using Npgsql;

namespace OrleansBilling.Gateway.Clustering;

/// <summary>
/// How the processes of a cluster find each other: section <c>Cluster</c>, and the database of section <c>Storage</c>.
/// </summary>
/// <param name="Id">Name of the cluster; processes with another one do not see each other.</param>
/// <param name="ConnectionString">The PostgreSQL database that holds the membership.</param>
public sealed record ClusterSettings(string Id, string ConnectionString)
{
    /// <summary>Identifies the application, the same for every cluster of it.</summary>
    public const string ServiceId = "orleans-billing";

    /// <summary>The name under which a silo owns its partitions; keep it over restarts. Default host name and port.</summary>
    public required string SiloName { get; init; }

    /// <summary>The address under which others reach this silo. Default the host's first one, or loopback when it has none.</summary>
    public required IPAddress AdvertisedAddress { get; init; }

    /// <summary>Port for other silos. Default 11111.</summary>
    public required int SiloPort { get; init; }

    /// <summary>Port for gateways. Default 30000.</summary>
    public required int GatewayPort { get; init; }

    /// <summary>Port that is bound for other silos, where it differs from the advertised one.</summary>
    public required int SiloListenPort { get; init; }

    /// <summary>Port that is bound for gateways, where it differs from the advertised one.</summary>
    public required int GatewayListenPort { get; init; }

    /// <summary>Time without an answer after which a probe counts as missed. Default one second.</summary>
    public required TimeSpan ProbeTimeout { get; init; }

    /// <summary>Missed probes in a row after which a silo votes another one dead. Default 2.</summary>
    public required int MissedProbes { get; init; }

    /// <summary>Votes that declare a silo dead. Default 2; clusters of two silos need one only.</summary>
    public required int Votes { get; init; }

    /// <summary>Whether the configuration asks for a cluster: its storage is PostgreSQL.</summary>
    public static bool IsWanted(IConfiguration configuration) =>
        string.Equals(configuration["Storage:Provider"], "PostgreSql", StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads and checks the sections.</summary>
    /// <exception cref="GatewayConfigurationException">A setting is missing or makes no sense.</exception>
    public static ClusterSettings From(IConfiguration configuration)
    {
        var cluster = new SettingReader(configuration, "Cluster");
        var siloPort = cluster.Port("SiloPort", 11_111);
        var gatewayPort = cluster.Port("GatewayPort", 30_000);
        return new(cluster.Text("Id", "default"), CheckedConnectionString(configuration))
        {
            SiloName = cluster.Text("SiloName", $"{Dns.GetHostName()}-{siloPort}"),
            AdvertisedAddress = cluster.Address("AdvertisedAddress") ?? FirstAddress(),
            SiloPort = siloPort,
            GatewayPort = gatewayPort,
            SiloListenPort = cluster.Port("SiloListenPort", siloPort),
            GatewayListenPort = cluster.Port("GatewayListenPort", gatewayPort),
            ProbeTimeout = TimeSpan.FromMilliseconds(cluster.Number("ProbeTimeoutMilliseconds", 1_000, 100, 60_000)),
            MissedProbes = cluster.Number("MissedProbes", 2, 1, 100),
            Votes = cluster.Number("Votes", 2, 1, 10),
        };
    }

    private static IPAddress FirstAddress() => NetworkInterface.GetAllNetworkInterfaces()
        .Where(i => i.OperationalStatus == OperationalStatus.Up && i.NetworkInterfaceType != NetworkInterfaceType.Loopback)
        .SelectMany(i => i.GetIPProperties().UnicastAddresses)
        .Select(a => a.Address)
        .FirstOrDefault(a => a.AddressFamily == AddressFamily.InterNetwork) ?? IPAddress.Loopback;

    private static string CheckedConnectionString(IConfiguration configuration)
    {
        var text = configuration["Storage:ConnectionString"];
        if (string.IsNullOrWhiteSpace(text))
        {
            throw new GatewayConfigurationException(
                "Storage:ConnectionString is missing. With Storage:Provider 'PostgreSql' it names the database, for example "
                + "'Host=db;Database=billing;Username=billing;Password=...'; the environment variable is Storage__ConnectionString.");
        }
        try
        {
            var parsed = new NpgsqlConnectionStringBuilder(text);
            return parsed.Host is { Length: > 0 } ? text : throw new GatewayConfigurationException(
                "Storage:ConnectionString names no host; write it as 'Host=...;Database=...;Username=...;Password=...'.");
        }
        catch (ArgumentException e)
        {
            // Its message names the keyword that is wrong, never a value.
            throw new GatewayConfigurationException(
                $"Storage:ConnectionString cannot be read: {e.Message.Split('\n')[0]}", e);
        }
    }
}
