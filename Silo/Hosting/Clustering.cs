using System.Net;
using System.Net.Sockets;
using Orleans.Configuration;
using OrleansBilling.Gateway.Clustering;

namespace OrleansBilling.Silo.Hosting;

/// <summary>How silos find each other.</summary>
internal static class Clustering
{
    /// <summary>
    /// One silo on loopback that nobody else joins. Its port is a free one unless <c>Orleans:SiloPort</c> says
    /// otherwise, so
    /// that several can run on one machine.
    /// </summary>
    public static void UseSingleSilo(ISiloBuilder silo, IConfiguration configuration) => silo.UseLocalhostClustering(
        siloPort: configuration.GetValue<int?>("Orleans:SiloPort") ?? FreePort(),
        gatewayPort: configuration.GetValue<int?>("Orleans:GatewayPort") ?? FreePort(),
        serviceId: "orleans-billing",
        clusterId: "embedded");

    /// <summary>
    /// One of several silos that find each other in the database. Detection of dead silos is set tighter than Orleans' defaults,
    /// which need some 16 seconds; see docs/operations.md for what was measured.
    /// </summary>
    public static void UseCluster(ISiloBuilder silo, ClusterSettings settings)
    {
        silo.Configure<ClusterOptions>(o =>
        {
            o.ClusterId = settings.Id;
            o.ServiceId = ClusterSettings.ServiceId;
        });
        silo.Configure<SiloOptions>(o => o.SiloName = settings.SiloName);
        silo.UseAdoNetClustering(o =>
        {
            o.Invariant = "Npgsql";
            o.ConnectionString = settings.ConnectionString;
        });
        silo.Configure<EndpointOptions>(o => Listen(o, settings));
        silo.Configure<ClusterMembershipOptions>(o => Detect(o, settings));
        // A gateway that lost its connection to this silo asks through another one. Its answers are kept here for a connection
        // that may never come, until the gateway is forgotten; by default that takes one to two minutes.
        silo.Configure<SiloMessagingOptions>(o => o.ClientDropTimeout = TimeSpan.FromSeconds(1));
    }

    private static void Listen(EndpointOptions endpoints, ClusterSettings settings)
    {
        endpoints.AdvertisedIPAddress = settings.AdvertisedAddress;
        endpoints.SiloPort = settings.SiloPort;
        endpoints.GatewayPort = settings.GatewayPort;
        var bound = IPAddress.IsLoopback(settings.AdvertisedAddress) ? settings.AdvertisedAddress : IPAddress.Any;
        endpoints.SiloListeningEndpoint = new(bound, settings.SiloListenPort);
        endpoints.GatewayListeningEndpoint = new(bound, settings.GatewayListenPort);
    }

    private static void Detect(ClusterMembershipOptions membership, ClusterSettings settings)
    {
        membership.ProbeTimeout = settings.ProbeTimeout;
        membership.MinProbeTimeout = settings.ProbeTimeout / 2;
        membership.MaxProbeTimeout = settings.ProbeTimeout * 2;
        membership.NumMissedProbesLimit = settings.MissedProbes;
        membership.NumVotesForDeathDeclaration = settings.Votes;
        // A cluster that was killed as a whole starts again without waiting for its dead: they have not said for ten seconds
        // that they are alive.
        membership.IAmAliveTablePublishTimeout = TimeSpan.FromSeconds(5);
        membership.NumMissedTableIAmAliveLimit = 2;
        membership.TableRefreshTimeout = TimeSpan.FromSeconds(5);
    }

    /// <summary>A port of loopback that nobody uses now.</summary>
    public static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
