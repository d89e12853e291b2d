using OrleansBilling.Contracts.Partitions;

namespace OrleansBilling.Gateway.Clustering;

/// <summary>
/// Asks again, for a short time, where a partition is on its way from one silo to another. Every command and every batch may be
/// repeated: entities and events have ids of their callers.
/// </summary>
public sealed class UnavailableRetry(GatewayOptions options, TimeProvider time) : IOutgoingGrainCallFilter
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(20);
    private const int MostDoublings = 4;

    /// <inheritdoc/>
    public async Task Invoke(IOutgoingGrainCallContext context)
    {
        // A call from grain to grain is its grain's own matter.
        if (context.SourceContext is not null)
        {
            await context.Invoke();
            return;
        }
        var started = time.GetTimestamp();
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                await context.Invoke();
                return;
            }
            catch (Exception e) when (IsPassing(e) && time.GetElapsedTime(started) < options.RetryFor)
            {
                await Task.Delay(FirstPause * (1 << Math.Min(attempt, MostDoublings)), time);
            }
        }
    }

    // A time-out has taken its time already.
    private static bool IsPassing(Exception e) => e is PartitionUnavailableException or SiloUnavailableException
        or OrleansMessageRejectionException or GatewayTooBusyException;
}
