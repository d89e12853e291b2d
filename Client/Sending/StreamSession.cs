using System.Threading.Channels;
using Grpc.Core;
using OrleansBilling.Gateway.Rpc.V1;

namespace OrleansBilling.Client.Sending;

/// <summary>One stream, from its opening to its end: sends again what is in the outbox, then what comes, and takes the answers.</summary>
internal sealed class StreamSession(
    Outbox outbox, ChannelReader<Batch> batches, UsageReporterOptions options, Action<Batch, ReportResponse> acknowledged)
{
    /// <summary>Ends when the batches have ended and are all answered.</summary>
    /// <exception cref="RpcException">Why the stream ended before.</exception>
    public async Task RunAsync(Func<CancellationToken, AsyncDuplexStreamingCall<ReportRequest, ReportResponse>> open, CancellationToken stop)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var isOverdue = false;
        await using var overdue = options.Time.CreateTimer(
            _ => { isOverdue = true; end.Cancel(); }, null, options.AnswerWithin, Timeout.InfiniteTimeSpan);
        using var call = open(end.Token);
        var writing = WriteAsync(call.RequestStream, overdue, end.Token);
        try
        {
            await ReadAsync(call.ResponseStream, overdue, end.Token);
        }
        catch (Exception given) when (given is RpcException or OperationCanceledException
            && isOverdue && !stop.IsCancellationRequested)
        {
            throw new RpcException(new(StatusCode.DeadlineExceeded, $"No answer came within {options.AnswerWithin}."));
        }
        finally
        {
            await end.CancelAsync();
            // The end of the stream is told by its reading; writing only fails with it.
            await writing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task WriteAsync(IClientStreamWriter<ReportRequest> requests, ITimer overdue, CancellationToken end)
    {
        foreach (var batch in outbox.All())
        {
            await requests.WriteAsync(batch.Request, end);
        }
        while (await batches.WaitToReadAsync(end))
        {
            while (batches.TryRead(out var batch))
            {
                if (outbox.First is null)
                {
                    overdue.Change(options.AnswerWithin, Timeout.InfiniteTimeSpan);
                }
                outbox.Add(batch);
                await requests.WriteAsync(batch.Request, end);
            }
        }
        await requests.CompleteAsync();
    }

    private async Task ReadAsync(IAsyncStreamReader<ReportResponse> responses, ITimer overdue, CancellationToken end)
    {
        while (await responses.MoveNext(end))
        {
            var response = responses.Current;
            if (outbox.First is not { } batch || !batch.IsAnsweredBy(response))
            {
                throw new RpcException(new(StatusCode.DataLoss, $"The answer to batch '{response.BatchId}' is not the one that is due."));
            }
            acknowledged(batch, response);
            overdue.Change(outbox.First is null ? Timeout.InfiniteTimeSpan : options.AnswerWithin, Timeout.InfiniteTimeSpan);
        }
        if (outbox.First is not null)
        {
            throw new RpcException(new(StatusCode.Unavailable, "The server ended the stream before it answered everything."));
        }
    }
}
