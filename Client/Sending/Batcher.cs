using System.Threading.Channels;

namespace OrleansBilling.Client.Sending;

/// <summary>Makes batches of events: when one is full, when its first event has waited long enough, and when a flush asks for it.</summary>
internal sealed class Batcher(ChannelReader<PendingUsage?> events, UsageReporterOptions options)
{
    private long _number;
    private Task<bool>? _more;

    /// <summary>Runs until the events end, and then ends the batches.</summary>
    public async Task RunAsync(ChannelWriter<Batch> into, CancellationToken stop)
    {
        while (await HasMoreAsync(stop))
        {
            var batch = await CollectAsync(stop);
            if (batch.Events.Count > 0)
            {
                await into.WriteAsync(batch, stop);
            }
        }
        into.Complete();
    }

    private async Task<Batch> CollectAsync(CancellationToken stop)
    {
        var batch = new Batch(++_number, options.MaxBatchEvents);
        using var collected = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var due = Task.Delay(options.MaxBatchDelay, options.Time, collected.Token);
        while (Fill(batch) && !due.IsCompleted)
        {
            var more = HasMoreAsync(stop);
            if (await Task.WhenAny(more, due) == due || !await more)
            {
                break;
            }
        }
        await collected.CancelAsync();
        return batch;
    }

    /// <summary>Takes what is there; false when the batch is to go out.</summary>
    private bool Fill(Batch batch)
    {
        while (events.TryPeek(out var next))
        {
            if (next is not null && !batch.TryAdd(next))
            {
                return false;
            }
            events.TryRead(out _);
            if (next is null)
            {
                return false;
            }
        }
        return !batch.IsFull;
    }

    /// <summary>One wait at a time: that of a batch which is due goes on for the next one.</summary>
    private Task<bool> HasMoreAsync(CancellationToken stop)
    {
        if (_more is null or { IsCompleted: true })
        {
            _more = events.WaitToReadAsync(stop).AsTask();
        }
        return _more;
    }
}
