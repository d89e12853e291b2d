namespace OrleansBilling.Cluster.Tests.Chaos.Workload;

/// <summary>How much clients do.</summary>
/// <param name="EventsPerSecond">Of all clients together, probes not counted.</param>
/// <param name="Clients">Per tenant, one of them over gRPC.</param>
internal sealed record WorkloadSettings(int Seed, double EventsPerSecond, int Partitions)
{
    public int Clients { get; init; } = 3;

    public int Customers { get; init; } = 8;

    public int Devices { get; init; } = 60;

    /// <summary>Whether each partition has a probe.</summary>
    public bool Probes { get; init; } = true;
}
