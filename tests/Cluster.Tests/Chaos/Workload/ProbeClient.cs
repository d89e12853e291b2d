using System.Globalization;
using OrleansBilling.Cluster.Tests.Chaos.Journals;

namespace OrleansBilling.Cluster.Tests.Chaos.Workload;

/// <summary>
/// Measures when one partition answers: an event of its own device every 100 ms. An event that is not answered is sent again
/// every 250 ms beside the attempts under way, so that no time-out of ours counts as the server's pause.
/// </summary>
internal sealed class ProbeClient(
    int partition, string device, TenantWorld tenant, IUsageSender sender, JournalWriter journal, WorkloadCounts counts,
    PauseRecorder pauses, TimeProvider time)
{
    private const int MostAttempts = 24;
    private static readonly TimeSpan Rhythm = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Hedge = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);
    private readonly List<Task> _underWay = [];

    /// <summary>Until told to stop; the last event is still delivered, unless that is cut off.</summary>
    public async Task RunAsync(CancellationToken stop, CancellationToken cutOff)
    {
        var answered = time.GetUtcNow();
        for (var number = 1; !stop.IsCancellationRequested; number++)
        {
            await Task.Delay(Rhythm, time, CancellationToken.None);
            var now = tenant.Now;
            SentEvent[] events =
            [
                new(
                    device,
                    string.Create(CultureInfo.InvariantCulture, $"{device}-{number}"),
                    new(now.Ticks - (now.Ticks % TimeSpan.TicksPerMillisecond), TimeSpan.Zero),
                    "1"),
            ];
            var batch = new UsageBatch(journal.NextBatch(), BatchPurpose.Usage, events);
            journal.Write(new BatchSent(batch.Number, tenant.Id, batch.Purpose, batch.Events));
            counts.Sent(batch.Purpose, 1);
            await DeliverAsync(batch, cutOff);
            var before = answered;
            answered = time.GetUtcNow();
            pauses.Add(new(partition, before, answered));
        }

        await Task.WhenAll(_underWay);
    }

    private async Task DeliverAsync(UsageBatch batch, CancellationToken cutOff)
    {
        var delivered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        while (!delivered.Task.IsCompleted)
        {
            cutOff.ThrowIfCancellationRequested();
            _underWay.RemoveAll(attempt => attempt.IsCompleted);
            if (_underWay.Count < MostAttempts)
            {
                _underWay.Add(AttemptAsync(batch, delivered, cutOff));
            }

            await Task.WhenAny(delivered.Task, Task.Delay(Hedge, time, cutOff));
            if (!delivered.Task.IsCompleted)
            {
                counts.Retry();
            }
        }
    }

    /// <summary>Writes down every answer, also those that come after another attempt was answered.</summary>
    private async Task AttemptAsync(UsageBatch batch, TaskCompletionSource delivered, CancellationToken cutOff)
    {
        try
        {
            var answer = await sender.TrySendAsync(
                batch, Patience, why => journal.Write(new BatchUnclear(batch.Number, why)), cutOff);
            if (answer is not null)
            {
                journal.Write(new BatchAnswered(batch.Number, answer.Letters, answer.Reasons));
                if (delivered.TrySetResult())
                {
                    counts.Answered(batch.Purpose, answer.Letters);
                }
            }
        }
        catch (SurpriseException e)
        {
            journal.Write(new Surprise($"probe {partition}: {e.Message}"));
        }
    }
}
