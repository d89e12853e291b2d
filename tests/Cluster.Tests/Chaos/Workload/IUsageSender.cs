namespace OrleansBilling.Cluster.Tests.Chaos.Workload;

/// <summary>A way to send usage.</summary>
internal interface IUsageSender : IDisposable
{
    /// <summary>One attempt at some gateway.</summary>
    /// <param name="unclear">Told why, when the outcome is unknown; the answer is null then.</param>
    Task<BatchAnswer?> TrySendAsync(UsageBatch batch, TimeSpan patience, Action<string> unclear, CancellationToken cancel);
}
