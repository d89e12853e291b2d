using OrleansBilling.Gateway.Auth;
using OrleansBilling.Gateway.Usage;

namespace OrleansBilling.Gateway.Health;

/// <summary>
/// Whether every partition answers and keys are set up. One question at a time, and its answer holds for half a second,
/// so that anybody who asks often costs the cluster nothing.
/// </summary>
internal sealed class ReadinessCheck(PartitionRouter router, KeyBootstrap keys, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Lifetime = TimeSpan.FromMilliseconds(500);
    private readonly Lock _gate = new();
    private Task<string?>? _asked;
    private long _askedAt;

    /// <summary>Null when all partitions answer; else what is missing.</summary>
    public Task<string?> MissingAsync()
    {
        lock (_gate)
        {
            var old = _asked is null || (_asked.IsCompleted && time.GetElapsedTime(_askedAt) > Lifetime);
            if (old)
            {
                (_asked, _askedAt) = (AskAsync(), time.GetTimestamp());
            }
            return _asked!;
        }
    }

    private async Task<string?> AskAsync()
    {
        if (!keys.IsDone)
        {
            return "The first keys are not set up yet.";
        }
        try
        {
            var partitions = await router.AllAsync().AsTask().WaitAsync(Patience, time);
            var answers = partitions.Select(partition => partition.Status()).ToList();
            var all = Task.WhenAll(answers);
            await Task.WhenAny(all, Task.Delay(Patience, time));
            // A call that fails later is still looked at, so that nothing is left unobserved.
            _ = all.ContinueWith(late => _ = late.Exception, TaskScheduler.Default);
            var missing = answers.Count(answer => !answer.IsCompletedSuccessfully);
            return missing == 0 ? null : $"{missing} of {answers.Count} partitions do not answer.";
        }
        catch (Exception error)
        {
            return $"The cluster does not answer: {error.GetType().Name}.";
        }
    }
}
