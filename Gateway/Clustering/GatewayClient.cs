using Orleans.Configuration;
using OrleansBilling.Contracts.Serialization;

namespace OrleansBilling.Gateway.Clustering;

/// <summary>The Orleans client of a gateway that runs as a process of its own.</summary>
public static class GatewayClient
{
    /// <summary>
    /// Connects to the cluster's silos, waits for them at the start as long as it takes, and follows them as they come and go.
    /// </summary>
    public static IClientBuilder UseCluster(this IClientBuilder client, ClusterSettings settings)
    {
        client.Configure<ClusterOptions>(o =>
        {
            o.ClusterId = settings.Id;
            o.ServiceId = ClusterSettings.ServiceId;
        });
        client.UseAdoNetClustering(o =>
        {
            o.Invariant = "Npgsql";
            o.ConnectionString = settings.ConnectionString;
        });
        // A silo that dies is left, and one that comes is found, within about that time.
        client.Configure<Orleans.Configuration.GatewayOptions>(o => o.GatewayListRefreshPeriod = TimeSpan.FromSeconds(1));
        client.AddGatewayCountChangedHandler(services =>
        {
            var changes = services.GetRequiredService<ClusterChanges>();
            return (_, _) => changes.Happened();
        });
        client.Configure<ClientMessagingOptions>(o => o.ResponseTimeout = TimeSpan.FromSeconds(10));
        client.AddOutgoingGrainCallFilter<UnavailableRetry>();
        client.UseConnectionRetryFilter<WaitForCluster>();
        client.Services.AddBillingSerialization();
        return client;
    }
}

/// <summary>Tries again until a silo answers; the process is alive but not ready meanwhile.</summary>
internal sealed partial class WaitForCluster(ILogger<WaitForCluster> logger) : IClientConnectionRetryFilter
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    public async Task<bool> ShouldRetryConnectionAttempt(Exception exception, CancellationToken cancellationToken)
    {
        Waiting(logger, exception.Message);
        await Task.Delay(Pause, cancellationToken);
        return true;
    }

    [LoggerMessage(LogLevel.Warning, "Waiting for a silo of the cluster: {Problem}")]
    private static partial void Waiting(ILogger logger, string problem);
}
