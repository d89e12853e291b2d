namespace OrleansBilling.Cluster.Tests.Chaos.Nemeses;

/// <summary>A fault that can be done now.</summary>
/// <param name="Target">For people.</param>
/// <param name="Claims">What it needs for itself while it lasts.</param>
/// <param name="Do">Does it and undoes it.</param>
internal sealed record Fault(FaultKind Kind, string Target, string[] Claims, Func<Task> Do);
