namespace OrleansBilling.Cluster.Tests.Chaos.Workload;

/// <summary>What became of each event of a batch, in order; reasons only of those that have one.</summary>
internal sealed record BatchAnswer(string Letters, string[]? Reasons);
