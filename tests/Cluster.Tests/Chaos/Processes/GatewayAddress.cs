namespace OrleansBilling.Cluster.Tests.Chaos.Processes;

/// <summary>Where a gateway takes usage.</summary>
internal sealed record GatewayAddress(Uri Http, Uri Grpc);
