using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Polly;
using Polly.Retry;

namespace OrleansBilling.Silo.Commands.Api;

/// <summary>
/// The public HTTP API. Every call may be repeated safely (ids are chosen by the caller), so transient failures are
/// retried with growing, jittered waits until <see cref="RetryFor"/> has passed.
/// </summary>
public sealed class BillingClient : IDisposable
{
    /// <summary>
    /// A batch of usage is answered in milliseconds; after this its outcome is unknown and it is sent again.
    /// </summary>
    private static readonly TimeSpan ShortTimeout = TimeSpan.FromMinutes(1);

    /// <summary>Moving a clock over years, or an audit, takes its time.</summary>
    private static readonly TimeSpan LongTimeout = TimeSpan.FromMinutes(30);

    private static readonly ResiliencePropertyKey<long> Started = new("started");
    private readonly HttpClient _http;
    private readonly TimeProvider _time;
    private readonly ResiliencePipeline _retry;
    private long _retries;

    /// <summary>A client of one server and key.</summary>
    /// <param name="url">Base address.</param>
    /// <param name="key">Sent as a bearer token.</param>
    /// <param name="time">For waits between attempts.</param>
    /// <param name="retryFor">Null is two minutes.</param>
    public BillingClient(Uri url, string key, TimeProvider time, TimeSpan? retryFor = null)
    {
        Url = new Uri(url.ToString().TrimEnd('/') + "/");
        Key = key;
        RetryFor = retryFor ?? TimeSpan.FromMinutes(2);
        _time = time;
        _http = new HttpClient(new SocketsHttpHandler { PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30) })
        {
            BaseAddress = Url,
            Timeout = Timeout.InfiniteTimeSpan,
        };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        _http.DefaultRequestHeaders.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        _retry = new ResiliencePipelineBuilder { TimeProvider = time }.AddRetry(Policy()).Build();
    }

    /// <summary>The base address, ending in a slash.</summary>
    public Uri Url { get; }

    /// <summary>The API key.</summary>
    public string Key { get; }

    /// <summary>How long a call is repeated before it fails.</summary>
    public TimeSpan RetryFor { get; }

    /// <summary>How often a request had to be repeated.</summary>
    public long Retries => Interlocked.Read(ref _retries);

    /// <summary>The same server with another key.</summary>
    public BillingClient WithKey(string key) => new(Url, key, _time, RetryFor);

    /// <summary>The answer of a GET.</summary>
    /// <exception cref="ApiException">An error status, or no answer in time.</exception>
    public Task<JsonElement> GetAsync(string path, CancellationToken cancel) =>
        CallAsync(() => new HttpRequestMessage(HttpMethod.Get, path), ReadJson, LongTimeout, cancel);

    /// <summary>The answer of a POST.</summary>
    /// <exception cref="ApiException">An error status, or no answer in time.</exception>
    public Task<JsonElement> PostAsync(string path, JsonNode body, CancellationToken cancel) =>
        PostJsonAsync(path, JsonSerializer.SerializeToUtf8Bytes(body), cancel);

    /// <summary>The answer of a short POST of JSON bytes, read by the caller.</summary>
    /// <exception cref="ApiException">An error status, or no answer in time.</exception>
    public Task<T> PostAsync<T>(
        string path, ReadOnlyMemory<byte> json, Func<byte[], T> read, CancellationToken cancel) =>
        CallAsync(() => Post(path, json), read, ShortTimeout, cancel);

    /// <summary>All items of a listing, page after page.</summary>
    public async IAsyncEnumerable<JsonElement> ListAsync(
        string path, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel)
    {
        string? cursor = null;
        do
        {
            var separator = path.Contains('?', StringComparison.Ordinal) ? '&' : '?';
            var page = await GetAsync(
                $"{path}{separator}limit=1000{(cursor is null ? "" : $"&cursor={Uri.EscapeDataString(cursor)}")}",
                    cancel);
            foreach (var item in page.GetProperty("items").EnumerateArray())
            {
                yield return item;
            }

            cursor = page.TryGetProperty("next", out var next) ? next.GetString() : null;
        }
        while (cursor is not null);
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private Task<JsonElement> PostJsonAsync(string path, byte[] json, CancellationToken cancel) =>
        CallAsync(() => Post(path, json), ReadJson, LongTimeout, cancel);

    private static HttpRequestMessage Post(string path, ReadOnlyMemory<byte> json)
    {
        var content = new ReadOnlyMemoryContent(json);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return new HttpRequestMessage(HttpMethod.Post, path) { Content = content };
    }

    private async Task<T> CallAsync<T>(
        Func<HttpRequestMessage> request, Func<byte[], T> read, TimeSpan timeout, CancellationToken cancel)
    {
        var context = ResilienceContextPool.Shared.Get(cancel);
        context.Properties.Set(Started, _time.GetTimestamp());
        try
        {
            return await _retry.ExecuteAsync(
                async (attempt, call) =>
                    await TimedAsync(call.request, call.read, call.timeout, attempt.CancellationToken),
                context,
                (request, read, timeout));
        }
        catch (Exception lost) when (lost is HttpRequestException or System.Net.Sockets.SocketException or IOException or TimeoutException)
        {
            throw new ApiException($"No answer from {Url}: {lost.Message}", lost);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    private async Task<T> TimedAsync<T>(
        Func<HttpRequestMessage> request, Func<byte[], T> read, TimeSpan timeout, CancellationToken cancel)
    {
        using var late = new CancellationTokenSource(timeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, late.Token);
        try
        {
            return await AttemptAsync(request, read, either.Token);
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested && !cancel.IsCancellationRequested)
        {
            throw new TimeoutException($"no answer within {timeout.TotalSeconds:N0} s");
        }
    }

    private async Task<T> AttemptAsync<T>(
        Func<HttpRequestMessage> request, Func<byte[], T> read, CancellationToken cancel)
    {
        using var message = request();
        using var response = await _http.SendAsync(message, cancel);
        var body = await response.Content.ReadAsByteArrayAsync(cancel);
        if (!response.IsSuccessStatusCode)
        {
            throw Problem(response, body);
        }

        try
        {
            return read(body);
        }
        catch (JsonException cut)
        {
            throw new IOException("The answer was cut off.", cut);
        }
    }

    private RetryStrategyOptions Policy() => new()
    {
        MaxRetryAttempts = int.MaxValue,
        Delay = TimeSpan.FromMilliseconds(100),
        MaxDelay = TimeSpan.FromSeconds(5),
        BackoffType = DelayBackoffType.Exponential,
        UseJitter = true,
        ShouldHandle = attempt => ValueTask.FromResult(
            IsTransient(attempt.Outcome.Exception)
            && _time.GetElapsedTime(attempt.Context.Properties.GetValue(Started, 0L)) < RetryFor),
        OnRetry = _ =>
        {
            Interlocked.Increment(ref _retries);
            return ValueTask.CompletedTask;
        },
    };

    private static bool IsTransient(Exception? failure) => failure switch
    {
        HttpRequestException or System.Net.Sockets.SocketException or IOException or TimeoutException => true,
        ApiException { Status: var status } => status is HttpStatusCode.ServiceUnavailable
            or HttpStatusCode.TooManyRequests
            or HttpStatusCode.BadGateway or HttpStatusCode.GatewayTimeout or HttpStatusCode.RequestTimeout,
        _ => false,
    };

    private static JsonElement ReadJson(byte[] body)
    {
        if (body.Length == 0)
        {
            return default;
        }

        using var document = JsonDocument.Parse(body);
        return document.RootElement.Clone();
    }

    private static ApiException Problem(HttpResponseMessage response, byte[] body)
    {
        var where = $"{response.RequestMessage?.Method} {response.RequestMessage?.RequestUri?.AbsolutePath}";
        var status = (int)response.StatusCode;
        try
        {
            var problem = ReadJson(body);
            var text = Text(problem, "detail") ?? Text(problem, "title") ?? response.ReasonPhrase;
            var errors = problem.ValueKind == JsonValueKind.Object && problem.TryGetProperty("errors", out var list)
                ? $" {list}"
                : "";
            return new ApiException(response.StatusCode, Text(problem, "code"), $"{where} → {status}: {text}{errors}");
        }
        catch (JsonException)
        {
            return new ApiException(response.StatusCode, null, $"{where} → {status} {response.ReasonPhrase}");
        }
    }

    private static string? Text(JsonElement problem, string name) =>
        problem.ValueKind == JsonValueKind.Object && problem.TryGetProperty(name, out var value) ? value.ToString()
            : null;
}
