using Grpc.Core;
using Grpc.Net.Client;
using OrleansBilling.Gateway.Tests.Access;
using OrleansBilling.Gateway.Tests.Host;

namespace OrleansBilling.Gateway.Tests.Fuzz.Rpc;

/// <summary>Calls every gRPC method of a server, rightly and wrongly.</summary>
internal sealed class RpcFuzzRun(HostFixture host, AccessWorld world, long seed, FuzzResult result) : IDisposable
{
    private const int Workers = 4;

    private readonly RpcFuzzClient _client = new(host.Silo.GrpcUrl);
    private readonly List<RpcFuzzRequest> _refused = [];
    private long _next;

    public IReadOnlyList<RpcFuzzMethod> Methods { get; private set; } = [];

    /// <summary>Calls that were refused for what they said, to be sent again.</summary>
    public IReadOnlyList<RpcFuzzRequest> Refused => _refused;

    public async Task PrepareAsync()
    {
        using var channel = GrpcChannel.ForAddress(host.Silo.GrpcUrl);
        Methods = await RpcFuzzContract.ReadAsync(channel, new() { { "authorization", $"Bearer {world.Owner.Key}" } });
    }

    /// <summary>Sends so many calls; those of one seed and number are always the same.</summary>
    public async Task SendAsync(long calls)
    {
        var (last, maker) = (_next + calls, new RpcFuzzRequests(Methods, new(world)));
        await Task.WhenAll(Enumerable.Range(0, Workers).Select(_ => Task.Run(async () =>
        {
            for (var i = Interlocked.Increment(ref _next); i <= last; i = Interlocked.Increment(ref _next))
            {
                await SendAsync(maker.Make((seed * 1_000_000_007) + i));
            }
        })));
        _next = last;
    }

    /// <summary>Sends again what was refused: it is to change nothing, and nothing of it is to be kept.</summary>
    /// <returns>How many calls.</returns>
    public async Task<int> RepeatAsync()
    {
        await Parallel.ForEachAsync(
            _refused.ToList(), new ParallelOptions { MaxDegreeOfParallelism = Workers }, async (request, _) => await SendAsync(request));
        return _refused.Count;
    }

    public void Dispose() => _client.Dispose();

    /// <summary>Sends a call; whatever is wrong with its end is told to the result.</summary>
    private async Task SendAsync(RpcFuzzRequest request)
    {
        try
        {
            var answer = await _client.SendAsync(request, KeyOf(request));
            Saw(request, answer);
        }
        catch (Exception lost) when (lost is HttpRequestException or OperationCanceledException or IOException)
        {
            result.Failed($"{request.Method.Name} got no answer: {lost.GetType().Name} {lost.InnerException?.Message}", $"{request}\n    {lost.Message}");
        }
    }

    private void Saw(RpcFuzzRequest request, RpcFuzzAnswer answer)
    {
        var status = answer.Status ?? StatusCode.OK;
        result.Saw(request.Method.Name, status == StatusCode.OK ? 200 : 1000 + (int)status);
        if (answer.Http != 200 || !Allowed(request).Contains(status) || (answer.Status is null && answer.Detail.Length > 0))
        {
            result.Failed($"{request.Method.Name} broken in {request.Broken} ended {answer.Http} {status} {answer.Detail}", request.ToString());
        }
        if (status == StatusCode.InvalidArgument)
        {
            lock (_refused)
            {
                if (_refused.Count < FuzzSettings.Kept)
                {
                    _refused.Add(request);
                }
            }
        }
    }

    /// <remarks>A coding that the server does not have is UNIMPLEMENTED by gRPC's own contract (compression.md).</remarks>
    private static IEnumerable<StatusCode> Allowed(RpcFuzzRequest request) =>
        request.Headers.Any(header => header.Name == "grpc-encoding")
            ? request.Method.Statuses.Append(StatusCode.Unimplemented)
            : request.Method.Statuses;

    private string KeyOf(RpcFuzzRequest request) => (request.Seed % 16) switch
    {
        0 => world.Customer.Key,
        1 => world.Stranger.Key,
        2 => "",
        3 => world.Scoped["ingest"].Key,
        _ => world.Owner.Key,
    };
}
