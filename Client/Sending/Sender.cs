using System.Threading.Channels;
using Grpc.Core;
using OrleansBilling.Gateway.Rpc.V1;

namespace OrleansBilling.Client.Sending;

/// <summary>Sends batches over one stream after another, in order, each until it is acknowledged.</summary>
internal sealed class Sender(
    UsageService.UsageServiceClient client, PendingQueue queue, ChannelReader<Batch> batches, UsageReporterOptions options)
{
    private readonly Outbox _outbox = new();
    private readonly Backoff _backoff = new(options.FirstRetryDelay, options.MaxRetryDelay);

    /// <summary>Runs until the batches have ended and are all acknowledged.</summary>
    /// <exception cref="RpcException">A failure that does not pass.</exception>
    /// <exception cref="OperationCanceledException">It was told to stop.</exception>
    public async Task RunAsync(CancellationToken stop)
    {
        while (_outbox.First is not null || await batches.WaitToReadAsync(stop))
        {
            try
            {
                await new StreamSession(_outbox, batches, options, Acknowledge).RunAsync(Open, stop);
            }
            catch (RpcException) when (stop.IsCancellationRequested)
            {
                stop.ThrowIfCancellationRequested();
            }
            catch (RpcException failure) when (Failure.MayPass(failure.StatusCode))
            {
                await PauseAsync(failure, stop);
            }
        }
    }

    private AsyncDuplexStreamingCall<ReportRequest, ReportResponse> Open(CancellationToken end)
    {
        Metadata headers = options.Gzip ? new() { { "grpc-internal-encoding-request", "gzip" } } : [];
        return client.Stream(headers, cancellationToken: end);
    }

    private async Task PauseAsync(RpcException failure, CancellationToken stop)
    {
        var pause = _backoff.Next();
        options.Retrying?.Invoke(failure, pause);
        await Task.Delay(pause, options.Time, stop);
    }

    private void Acknowledge(Batch batch, ReportResponse response)
    {
        _backoff.Reset();
        for (var i = 0; i < batch.Events.Count; i++)
        {
            if (response.Results[i].Status is not (UsageStatus.Accepted or UsageStatus.Duplicate or UsageStatus.Late))
            {
                options.NotBilled(batch.Events[i].Usage, response.Results[i]);
            }
        }
        _outbox.RemoveFirst();
        queue.Acknowledge(response.Results);
    }
}
