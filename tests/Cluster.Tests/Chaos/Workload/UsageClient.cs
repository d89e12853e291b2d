using OrleansBilling.Cluster.Tests.Chaos.Journals;

namespace OrleansBilling.Cluster.Tests.Chaos.Workload;

/// <summary>
/// Sends batches of varied size, one after the other, each until it is answered; sometimes an acknowledged batch again, or
/// known ids with other content. Writes down all of it.
/// </summary>
internal sealed class UsageClient(
    string name, TenantWorld tenant, IUsageSender sender, JournalWriter journal, WorkloadCounts counts, double eventsPerSecond,
    Random random, TimeProvider time)
{
    private const int LargestBatch = 300;
    private const int Remembered = 16;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private readonly EventMaker _events = new(name, tenant, random);
    private readonly List<SentEvent[]> _acknowledged = [];

    /// <summary>Until told to stop; the last batch is still delivered, unless that is cut off.</summary>
    public async Task RunAsync(CancellationToken stop, CancellationToken cutOff)
    {
        var due = time.GetTimestamp();
        while (!stop.IsCancellationRequested)
        {
            var batch = Next();
            await DeliverAsync(batch, cutOff);
            // A client that was held up does not catch up: it would only measure its own burst.
            due = Math.Max(due, time.GetTimestamp() - time.TimestampFrequency)
                + (long)(batch.Events.Length / eventsPerSecond * time.TimestampFrequency);
            await Task.Delay(Max(time.GetElapsedTime(time.GetTimestamp(), due), TimeSpan.Zero), time, CancellationToken.None);
        }
    }

    /// <summary>Sends events again that were refused before, until none is.</summary>
    public async Task SettleAsync(IEnumerable<SentEvent> events, CancellationToken cutOff)
    {
        foreach (var chunk in events.Chunk(LargestBatch))
        {
            await DeliverAsync(new(journal.NextBatch(), BatchPurpose.Settle, chunk), cutOff);
        }
    }

    private UsageBatch Next()
    {
        var number = journal.NextBatch();
        if (_acknowledged.Count > 0 && random.Next(100) is < 6 and var dice)
        {
            var old = _acknowledged[random.Next(_acknowledged.Count)];
            return dice < 5
                ? new(number, BatchPurpose.Repeat, old)
                : new(number, BatchPurpose.Conflict, [.. old.Take(20).Select(EventMaker.Forged)]);
        }

        // Mostly small: sizes spread evenly over their logarithm.
        var size = (int)Math.Pow(LargestBatch, random.NextDouble());
        return new(number, BatchPurpose.Usage, [.. Enumerable.Range(0, size).Select(_ => _events.Next())]);
    }

    private async Task DeliverAsync(UsageBatch batch, CancellationToken cutOff)
    {
        journal.Write(new BatchSent(batch.Number, tenant.Id, batch.Purpose, batch.Events));
        counts.Sent(batch.Purpose, batch.Events.Length);
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                var answer = await sender.TrySendAsync(
                    batch, Patience, why => journal.Write(new BatchUnclear(batch.Number, why)), cutOff);
                if (answer is not null)
                {
                    Take(batch, answer);
                    return;
                }
            }
            catch (SurpriseException e)
            {
                journal.Write(new Surprise($"{name}: {e.Message}"));
            }

            counts.Retry();
            await Task.Delay(TimeSpan.FromMilliseconds(random.Next(30, 60) * Math.Min(10, attempt + 1)), time, cutOff);
        }
    }

    private void Take(UsageBatch batch, BatchAnswer answer)
    {
        journal.Write(new BatchAnswered(batch.Number, answer.Letters, answer.Reasons));
        counts.Answered(batch.Purpose, answer.Letters);
        if (batch.Purpose == BatchPurpose.Usage)
        {
            Remember([.. batch.Events.Where((_, i) => answer.Letters[i] != EventAnswer.Rejected)]);
        }

        for (var i = 0; i < batch.Events.Length; i++)
        {
            if (answer.Letters[i] == EventAnswer.Rejected)
            {
                tenant.Refused.Enqueue(batch.Events[i]);
            }
        }
    }

    private void Remember(SentEvent[] acknowledged)
    {
        if (acknowledged.Length == 0)
        {
            return;
        }

        if (_acknowledged.Count == Remembered)
        {
            _acknowledged.RemoveAt(random.Next(Remembered));
        }

        _acknowledged.Add(acknowledged);
    }

    private static TimeSpan Max(TimeSpan a, TimeSpan b) => a > b ? a : b;
}
