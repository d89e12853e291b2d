using System.Collections.Concurrent;
using System.Text;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Grpc.Net.Client;
using OrleansBilling.Cluster.Tests.Chaos.Journals;
using OrleansBilling.Cluster.Tests.Chaos.Processes;
using OrleansBilling.Gateway.Rpc.V1;

namespace OrleansBilling.Cluster.Tests.Chaos.Workload;

/// <summary>Sends over gRPC.</summary>
internal sealed class RpcUsageSender(GatewayList gateways, string key, Random random, AnswerCounts counts) : IUsageSender
{
    private static readonly StatusCode[] Clear =
        [StatusCode.Unauthenticated, StatusCode.InvalidArgument, StatusCode.ResourceExhausted, StatusCode.PermissionDenied];

    private readonly ConcurrentDictionary<Uri, GrpcChannel> _channels = new();

    public async Task<BatchAnswer?> TrySendAsync(
        UsageBatch batch, TimeSpan patience, Action<string> unclear, CancellationToken cancel)
    {
        var channel = _channels.GetOrAdd(gateways.Pick(random).Grpc, address => GrpcChannel.ForAddress(address));
        counts.Attempt();
        try
        {
            using var late = CancellationTokenSource.CreateLinkedTokenSource(cancel);
            late.CancelAfter(patience);
            var answer = await new UsageService.UsageServiceClient(channel).ReportAsync(
                Request(batch), new Metadata { { "authorization", $"Bearer {key}" } }, cancellationToken: late.Token);
            return Read(batch, answer);
        }
        catch (RpcException e) when (Clear.Contains(e.StatusCode))
        {
            throw new SurpriseException($"A batch was refused with {e.StatusCode}: {e.Status.Detail}");
        }
        catch (RpcException e) when (!cancel.IsCancellationRequested)
        {
            var why = $"gRPC {e.StatusCode}";
            counts.Add(why);
            unclear(why);
            return null;
        }
    }

    public void Dispose()
    {
        foreach (var channel in _channels.Values)
        {
            channel.Dispose();
        }
    }

    private static ReportRequest Request(UsageBatch batch)
    {
        var request = new ReportRequest();
        request.Events.AddRange(batch.Events.Select(e => new UsageEvent
        {
            Id = e.Id,
            Device = e.Device,
            Meter = PlanTerms.Meter,
            Time = Timestamp.FromDateTimeOffset(e.Time),
            Value = e.Value,
        }));
        return request;
    }

    private static BatchAnswer Read(UsageBatch batch, ReportResponse answer)
    {
        var letters = new StringBuilder();
        List<string>? reasons = null;
        foreach (var result in answer.Results)
        {
            var reason = result.Code.Length == 0 ? null : result.Code;
            var letter = EventAnswer.Of(result.Status.ToString().ToLowerInvariant(), reason);
            letters.Append(letter);
            if (EventAnswer.HasReason(letter))
            {
                (reasons ??= []).Add(reason!);
            }
        }

        return letters.Length == batch.Events.Length
            ? new(letters.ToString(), reasons?.ToArray())
            : throw new SurpriseException($"{batch.Events.Length} events were answered with {letters.Length} results.");
    }
}
