using System.Buffers;
using OrleansBilling.Silo.Commands.Api;

namespace OrleansBilling.Silo.Commands.Import.Sending;

/// <summary>
/// Sends the events of some devices, in their order, one request after the other. While a request is on its way the
/// next batch fills; when that is full too, the reader waits, so memory stays bounded.
/// </summary>
internal sealed class SendLane(
    BillingClient client, int batchSize, AcknowledgedPrefix acknowledged, Action<OutgoingEvent, EventResult> onResult)
{
    private List<OutgoingEvent> _filling = [];
    private Task _sending = Task.CompletedTask;

    /// <summary>Adds an event; waits while the lane is full.</summary>
    public async ValueTask AddAsync(OutgoingEvent usage, CancellationToken cancel)
    {
        if (_filling.Count == 0)
        {
            acknowledged.Open(usage.Sequence);
        }

        _filling.Add(usage);
        if (_filling.Count >= batchSize)
        {
            await StartAsync(cancel);
        }
    }

    /// <summary>Sends what is there and waits for its answer.</summary>
    public async Task FlushAsync(CancellationToken cancel)
    {
        if (_filling.Count > 0)
        {
            await StartAsync(cancel);
        }

        await _sending;
    }

    /// <summary>Waits for the request on its way, whatever became of it.</summary>
    public Task SettleAsync() => _sending.ContinueWith(
        static done => _ = done.Exception, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);

    private async Task StartAsync(CancellationToken cancel)
    {
        await _sending;
        var batch = _filling;
        _filling = new List<OutgoingEvent>(batchSize);
        _sending = Task.Run(() => SendAsync(batch, cancel), cancel);
    }

    private async Task SendAsync(List<OutgoingEvent> batch, CancellationToken cancel)
    {
        var results = await client.PostAsync(
            "v1/events", Body(batch), body => EventResult.ReadAnswer(body, batch.Count), cancel);
        for (var i = 0; i < results.Length; i++)
        {
            onResult(batch[i], results[i]);
        }

        acknowledged.Done(batch[0].Sequence);
    }

    private static ReadOnlyMemory<byte> Body(List<OutgoingEvent> batch)
    {
        var body = new ArrayBufferWriter<byte>(batch.Sum(usage => usage.Json.Length + 1) + 16);
        body.Write("{\"events\":["u8);
        for (var i = 0; i < batch.Count; i++)
        {
            if (i > 0)
            {
                body.Write(","u8);
            }

            body.Write(batch[i].Json.Span);
        }

        body.Write("]}"u8);
        return body.WrittenMemory;
    }
}
