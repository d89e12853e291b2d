using System.Threading.Channels;
using Grpc.Core;
using OrleansBilling.Contracts.Tenants;
using OrleansBilling.Gateway.Auth;
using OrleansBilling.Gateway.Limits;
using OrleansBilling.Gateway.Problems;
using OrleansBilling.Gateway.Rpc.V1;
using OrleansBilling.Gateway.Usage;

namespace OrleansBilling.Gateway.Rpc;

/// <summary>Usage over gRPC: another way to read and answer, the same intake.</summary>
[NeedsScope(KeyScopes.Ingest)]
internal sealed class UsageRpc(UsageIntake intake, KeyCache keys, KeyRates rates, IHostApplicationLifetime lifetime) : UsageMethods.Base
{
    /// <summary>Batches of one stream that are under way at a time.</summary>
    private const int Window = 8;

    /// <summary>Events listed in the answer to an upload, at most.</summary>
    private const int MaxIssues = 1000;

    private const int MaxBatchIdLength = 128;

    public override async Task<ReportResponse> Report(RpcPayload request, ServerCallContext context)
    {
        var caller = context.GetHttpContext().Caller();
        using var batch = request.Read(intake);
        TakeEvents(caller, batch);
        return await TakeAsync(caller, batch, RpcAnswer.Of, context.CancellationToken);
    }

    public override async Task<UploadSummary> Upload(
        IAsyncStreamReader<RpcPayload> requestStream, ServerCallContext context)
    {
        var caller = context.GetHttpContext().Caller();
        var (totals, summary) = (default(UsageTotals), new UploadSummary());
        var cancel = context.CancellationToken;
        await PipelineAsync(
            caller,
            requestStream,
            request => TakeAsync(
                caller, request, (batch, sums) => (sums, RpcAnswer.Issues(batch, MaxIssues)), cancel),
            taken =>
            {
                var (sums, issues) = taken;
                totals += sums;
                foreach (var issue in issues.Take(MaxIssues - summary.Issues.Count))
                {
                    issue.Batch = summary.Batches;
                    summary.Issues.Add(issue);
                }
                summary.Batches++;
                return Task.CompletedTask;
            },
            cancel);
        summary.Counts = RpcAnswer.Counts(totals);
        return summary;
    }

    public override Task Stream(
        IAsyncStreamReader<RpcPayload> requestStream,
        IServerStreamWriter<ReportResponse> responseStream,
        ServerCallContext context)
    {
        var caller = context.GetHttpContext().Caller();
        var cancel = context.CancellationToken;
        return PipelineAsync(
            caller,
            requestStream,
            request => TakeAsync(caller, request, RpcAnswer.Of, cancel),
            response => responseStream.WriteAsync(response, cancel),
            cancel);
    }

    /// <summary>
    /// Reads ahead while earlier batches become durable; answers in the order of the requests. A server that stops reads no more,
    /// answers what it has read and ends the stream, so that no stream holds up its stop. A sender beyond the limit of its key is not
    /// refused but waits.
    /// </summary>
    private async Task PipelineAsync<T>(
        ApiKeyPrincipal caller,
        IAsyncStreamReader<RpcPayload> requests,
        Func<RpcRequest, Task<T>> take,
        Func<T, Task> answer,
        CancellationToken cancel)
    {
        var underWay = Channel.CreateBounded<Task<T>>(
            new BoundedChannelOptions(Window) { SingleReader = true, SingleWriter = true });
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel, lifetime.ApplicationStopping);
        var reading = ReadAsync(caller, requests, take, underWay.Writer, stop.Token);
        try
        {
            await foreach (var taken in underWay.Reader.ReadAllAsync(cancel))
            {
                await answer(await taken);
            }
        }
        catch
        {
            await stop.CancelAsync();
            throw;
        }
        await reading;
    }

    private async Task ReadAsync<T>(
        ApiKeyPrincipal caller,
        IAsyncStreamReader<RpcPayload> requests,
        Func<RpcRequest, Task<T>> take,
        ChannelWriter<Task<T>> into,
        CancellationToken stop)
    {
        try
        {
            while (await requests.MoveNext(stop))
            {
                var request = requests.Current.Read(intake);
                await rates.TakeEventsInTimeAsync(caller.Key, request.Events, stop);
                await into.WriteAsync(TakeWholeAsync(request, take), stop);
            }
            into.Complete();
        }
        catch (OperationCanceledException) when (lifetime.ApplicationStopping.IsCancellationRequested)
        {
            into.Complete(new RpcException(new(StatusCode.Unavailable, "The server stops; send what has no answer to another one.")));
        }
        catch (Exception error)
        {
            into.Complete(error);
        }
    }

    private static async Task<T> TakeWholeAsync<T>(RpcRequest request, Func<RpcRequest, Task<T>> take)
    {
        using (request)
        {
            return await take(request);
        }
    }

    private async Task<T> TakeAsync<T>(
        ApiKeyPrincipal caller, RpcRequest request, Func<RpcRequest, UsageTotals, T> answer, CancellationToken cancel)
    {
        Check(request);
        try
        {
            if (!await keys.StillWorksAsync(caller))
            {
                // A stream may last for days; its key may not.
                throw new RpcException(new(StatusCode.Unauthenticated, "The API key no longer works."));
            }
            var totals = await intake.SubmitAsync(caller.Key.Tenant, request.Batch, cancel);
            return answer(request, totals);
        }
        catch (Exception error) when (UsageUnavailable.Is(error))
        {
            throw new RpcException(new(StatusCode.Unavailable, UsageUnavailable.Detail));
        }
    }

    /// <exception cref="RpcException">RESOURCE_EXHAUSTED, with the wait that gRPC clients obey when they retry.</exception>
    private void TakeEvents(ApiKeyPrincipal caller, RpcRequest request)
    {
        try
        {
            rates.TakeEvents(caller.Key, request.Events);
        }
        catch (ProblemException limited)
        {
            throw RpcStatus.Limited(limited.Problem);
        }
    }

    private static void Check(RpcRequest request)
    {
        if (request.Events > UsageLimits.MaxEvents)
        {
            throw new RpcException(new(StatusCode.InvalidArgument,
                $"usage.too_many_events: a request takes at most {UsageLimits.MaxEvents} events."));
        }
        if (request.BatchId.Length > MaxBatchIdLength)
        {
            throw new RpcException(new(StatusCode.InvalidArgument,
                $"usage.batch_id_invalid: a batch id has at most {MaxBatchIdLength} characters."));
        }
    }
}
