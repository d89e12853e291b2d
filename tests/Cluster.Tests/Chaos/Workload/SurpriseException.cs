namespace OrleansBilling.Cluster.Tests.Chaos.Workload;

/// <summary>The product answered what it must never answer, whatever is broken.</summary>
internal sealed class SurpriseException(string message) : Exception(message);
