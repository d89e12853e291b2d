using OrleansBilling.Gateway.Tests.Access;
using OrleansBilling.Gateway.Tests.Host;

namespace OrleansBilling.Gateway.Tests.Fuzz;

/// <summary>
/// Sends requests to a server of its own, then kills it, starts it again and audits: whatever was taken must load and add up.
/// </summary>
internal sealed class FuzzRun(HostFixture host, long seed, Action<string> tell) : IDisposable
{
    private const int Workers = 4;
    private const int MostRepeats = 20;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly List<AccessWorld> _worlds = [];
    private readonly List<(AccessWorld World, FuzzRequest Request)> _changeless = [];
    private FuzzDocument _document = null!;
    private long _next;

    public FuzzResult Result { get; } = new();

    public IReadOnlyList<FuzzOperation> Operations => _document.Operations;

    public async Task PrepareAsync()
    {
        _document = new((await host.Operator.GetAsync("/openapi/v1.json")).Json, FuzzForeign.Operations);
        _worlds.Add(await AccessWorld.MakeAsync(host));
        _worlds.Add(await AccessWorld.MakeAsync(host));
    }

    /// <summary>Sends so many requests; those of one seed and number are always the same.</summary>
    public async Task SendAsync(long requests)
    {
        var last = _next + requests;
        var makers = _worlds.Select(world => new FuzzRequests(_document, new(world))).ToList();
        await Task.WhenAll(Enumerable.Range(0, Workers).Select(_ => Task.Run(async () =>
        {
            for (var i = Interlocked.Increment(ref _next); i <= last; i = Interlocked.Increment(ref _next))
            {
                var which = (int)(i % _worlds.Count);
                await SendAsync(_worlds[which], makers[which].Make((seed * 1_000_000_007) + i));
            }
        })));
        _next = last;
    }

    /// <summary>Sends again what was read or refused: nothing of it is to be kept.</summary>
    /// <returns>How many requests.</returns>
    public async Task<int> RepeatAsync()
    {
        await Parallel.ForEachAsync(
            _changeless.ToList(), new ParallelOptions { MaxDegreeOfParallelism = Workers }, async (one, _) => await SendAsync(one.World, one.Request));
        return _changeless.Count;
    }

    /// <summary>Whether all that was taken is there after a crash and adds up.</summary>
    public async Task RestartAndAuditAsync()
    {
        await host.Silo.KillAsync();
        await host.Silo.StartAsync();
        foreach (var world in _worlds)
        {
            var audit = await world.Owner.PostAsync("/v1/audit", "{}");
            if (audit.Status != 200 || !audit.Json.GetProperty("agrees").GetBoolean())
            {
                Result.Failed("the audit after a crash does not agree", audit.Body);
            }
        }
    }

    public void Dispose() => _worlds.ForEach(world => world.Dispose());

    private async Task SendAsync(AccessWorld world, FuzzRequest request)
    {
        try
        {
            var answer = await AnswerAsync(CallerOf(world, request), request);
            for (var again = 0; answer.Status == 503 && again < MostRepeats; again++)
            {
                // It says so: the same request again is answered.
                await Task.Delay(TimeSpan.FromMilliseconds(100));
                answer = await AnswerAsync(CallerOf(world, request), request);
            }
            Result.Saw(request.Name, answer.Status);
            Keep(world, request, answer.Status);
            if (FuzzCheck.Fault(request, answer) is { } fault)
            {
                Result.Failed($"{request.Operation.Name} {fault}", $"{request}\n    {answer.Body}");
                if (answer.Status >= 500)
                {
                    tell(string.Join('\n', host.Silo.Output.Split('\n').TakeLast(3)));
                }
            }
        }
        catch (Exception lost) when (lost is HttpRequestException or OperationCanceledException)
        {
            Result.Failed($"{request.Operation.Name} got no answer: {lost.GetType().Name}", $"{request}\n    {lost.Message}");
            tell($"No answer to {request}");
        }
    }

    private void Keep(AccessWorld world, FuzzRequest request, int status)
    {
        lock (_changeless)
        {
            if (_changeless.Count < FuzzSettings.Kept && (request.Operation.Method == "GET" || status is >= 400 and < 500))
            {
                _changeless.Add((world, request));
            }
        }
    }

    private static async Task<Answer> AnswerAsync(Caller caller, FuzzRequest request)
    {
        using var patience = new CancellationTokenSource(Patience);
        using var message = request.ToMessage(caller.Http.BaseAddress!);
        using var response = await caller.Http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, patience.Token);
        var watches = response.Content.Headers.ContentType?.MediaType == "text/event-stream";
        return new(
            (int)response.StatusCode, watches ? "" : await response.Content.ReadAsStringAsync(patience.Token),
            response.Content.Headers.ContentType?.MediaType, response.Headers);
    }

    private Caller CallerOf(AccessWorld world, FuzzRequest request) => (request.Seed % 16) switch
    {
        0 => world.Customer,
        1 => world.Stranger,
        2 => world.Nobody,
        3 => world.Scoped["ingest"],
        _ when request.Operation.IsForOperators => host.Operator,
        _ => world.Owner,
    };
}
