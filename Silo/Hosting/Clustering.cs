using System.Net;
using System.Net.Sockets;

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

    /// <summary>A port of loopback that nobody uses now.</summary>
    public static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
