namespace OrleansBilling.Gateway.Clustering;

/// <summary>
/// Tells when silos come and go, as the gateway's Orleans client sees it. What was asked of a silo that has died is answered by
/// nobody, so whoever may ask twice asks again at once instead of waiting for the time-out.
/// </summary>
public sealed class ClusterChanges
{
    private TaskCompletionSource _next = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Asks, and asks again when a silo came or went before the answer.</summary>
    /// <param name="ask">Does no harm when it is carried out twice.</param>
    public async Task<T> AskAsync<T>(Func<Task<T>> ask)
    {
        while (true)
        {
            var changed = Volatile.Read(ref _next).Task;
            var answer = ask();
            if (await Task.WhenAny(answer, changed).ConfigureAwait(false) == answer || answer.IsCompleted)
            {
                return await answer.ConfigureAwait(false);
            }
            answer.Ignore();
        }
    }

    /// <summary>A connection to a silo was made or lost.</summary>
    internal void Happened() =>
        Interlocked.Exchange(ref _next, new(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
}
