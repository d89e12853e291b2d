using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.Json.Nodes;
using Grpc.Core;
using OrleansBilling.Cluster.Tests.Chaos.Processes;

namespace OrleansBilling.Cluster.Tests.Chaos.Workload;

/// <summary>Calls the API with a key through any gateway, again and again until the answer is clear.</summary>
internal sealed class ApiCaller : IDisposable
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromMilliseconds(1_000);
    private readonly GatewayList _gateways;
    private readonly AnswerCounts _counts;
    private readonly Random _random;
    private readonly HttpClient _http;

    public ApiCaller(GatewayList gateways, string key, Random random, AnswerCounts counts)
    {
        (_gateways, _random, _counts) = (gateways, random, counts);
        _http = new HttpClient(new SocketsHttpHandler
        {
            ConnectTimeout = TimeSpan.FromSeconds(2),
            PooledConnectionLifetime = TimeSpan.FromSeconds(30),
        })
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
    }

    public Task<ApiAnswer> GetAsync(string path, CancellationToken cancel) =>
        CallAsync(HttpMethod.Get, path, null, TimeSpan.FromSeconds(20), cancel);

    /// <summary>Sends until it is answered; every POST of the API may be repeated.</summary>
    public Task<ApiAnswer> PostAsync(string path, JsonNode body, CancellationToken cancel, TimeSpan? patience = null) =>
        CallAsync(
            HttpMethod.Post, path, JsonSerializer.SerializeToUtf8Bytes(body), patience ?? TimeSpan.FromSeconds(20), cancel);

    /// <summary>Makes a tenant; its key, another one when the answer with the first was lost.</summary>
    public async Task<string> CreateTenantAsync(JsonNode body, CancellationToken cancel)
    {
        var answer = (await PostAsync("v1/tenants", body, cancel)).Json();
        if (!answer.TryGetProperty("key", out var key))
        {
            key = (await PostAsync($"v1/tenants/{body["id"]}/keys", new JsonObject(), cancel)).Json().GetProperty("key");
        }
        return key.GetString()!;
    }

    /// <summary>Sends until it is answered; every DELETE of the API may be repeated.</summary>
    public Task<ApiAnswer> DeleteAsync(string path, CancellationToken cancel) =>
        CallAsync(HttpMethod.Delete, path, null, TimeSpan.FromSeconds(20), cancel);

    /// <summary>One attempt at one gateway.</summary>
    /// <param name="unclear">Told why, when the outcome is unknown; the answer is null then.</param>
    public async Task<ApiAnswer?> TryAsync(
        HttpMethod method, string path, byte[]? json, TimeSpan patience, Action<string> unclear, CancellationToken cancel)
    {
        using var late = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        late.CancelAfter(patience);
        _counts.Attempt();
        try
        {
            GatewayAddress gateway;
            lock (_random)
            {
                gateway = _gateways.Pick(_random);
            }

            using var request = new HttpRequestMessage(method, new Uri(gateway.Http, path));
            request.Content = json is null ? null : new ByteArrayContent(json);
            if (request.Content is { } content)
            {
                content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            }

            using var response = await _http.SendAsync(request, late.Token);
            var answer = new ApiAnswer((int)response.StatusCode, await response.Content.ReadAsByteArrayAsync(late.Token));
            return answer.Status is >= 500 or 408 or 429 ? Unclear($"{answer.Status} {answer.Code}", unclear) : answer;
        }
        catch (Exception e) when (IsUnclear(e) && !cancel.IsCancellationRequested)
        {
            return Unclear(Name(e), unclear);
        }
    }

    public void Dispose() => _http.Dispose();

    /// <summary>Waits before the next attempt, longer each time.</summary>
    public Task BackOffAsync(int attempt, CancellationToken cancel)
    {
        var most = Math.Min(LongestWait.TotalMilliseconds, 50 * Math.Pow(2, attempt));
        lock (_random)
        {
            most *= 0.5 + (0.5 * _random.NextDouble());
        }

        return Task.Delay(TimeSpan.FromMilliseconds(most), cancel);
    }

    private async Task<ApiAnswer> CallAsync(
        HttpMethod method, string path, byte[]? json, TimeSpan patience, CancellationToken cancel)
    {
        for (var attempt = 0; ; attempt++)
        {
            if (await TryAsync(method, path, json, patience, _ => { }, cancel) is { } answer)
            {
                return answer;
            }

            await BackOffAsync(attempt, cancel);
        }
    }

    private ApiAnswer? Unclear(string why, Action<string> unclear)
    {
        _counts.Add(why);
        unclear(why);
        return null;
    }

    private static bool IsUnclear(Exception e) =>
        e is HttpRequestException or IOException or OperationCanceledException or RpcException or SocketException;

    private static string Name(Exception e) => e switch
    {
        OperationCanceledException => "timed out",
        HttpRequestException { HttpRequestError: var error } => $"connection: {error}",
        _ => e.GetType().Name,
    };
}
