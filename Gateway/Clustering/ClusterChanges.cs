namespace OrleansBilling.Gateway.Clustering;

/// <summary>
/// Tells when silos come and go, as the gateway's Orleans client sees it. What was asked of a silo that has died is answered by
/// nobody, so whoever may ask twice asks again at once instead of waiting for the time-out.
/// </summary>
public sealed class ClusterChanges
{
    private TaskCompletionSource _next = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes at the next change.</summary>
    public Task Next => Volatile.Read(ref _next).Task;

    /// <summary>A connection to a silo was made or lost.</summary>
    internal void Happened() =>
        Interlocked.Exchange(ref _next, new(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
}
