using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using Grpc.Core;

namespace OrleansBilling.Gateway.Tests.Fuzz.Rpc;

/// <summary>How a call ended.</summary>
/// <param name="Http">Status of HTTP; gRPC's is 200.</param>
/// <param name="Status">Null where there was none: the client went away, or read only the beginning of a stream that never ends.</param>
internal sealed record RpcFuzzAnswer(int Http, StatusCode? Status, string Detail);

/// <summary>Speaks gRPC by hand, over HTTP/2 without TLS, so that everything about it can be wrong.</summary>
internal sealed class RpcFuzzClient(Uri server) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly HttpClient _http = new() { BaseAddress = server, Timeout = Timeout.InfiniteTimeSpan };

    public void Dispose() => _http.Dispose();

    public async Task<RpcFuzzAnswer> SendAsync(RpcFuzzRequest request, string key)
    {
        using var patience = new CancellationTokenSource(Patience);
        using var message = new HttpRequestMessage(HttpMethod.Post, $"/{request.Method.Name}")
        {
            Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionExact, Content = Content(request),
        };
        message.Headers.TryAddWithoutValidation("te", "trailers");
        if (key.Length > 0)
        {
            message.Headers.Authorization = new("Bearer", key);
        }
        foreach (var (name, value) in request.Headers)
        {
            message.Headers.TryAddWithoutValidation(name, value);
        }
        try
        {
            using var response = await _http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, patience.Token);
            return await ReadAsync(response, request.Method.GivesStream && !request.Method.TakesStream, patience.Token);
        }
        catch (HttpRequestException) when (request.Aborts)
        {
            return new(200, null, "");
        }
    }

    private static HttpContent Content(RpcFuzzRequest request)
    {
        HttpContent content = request.Aborts ? new Aborted(request.Body) : new ByteArrayContent(request.Body);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/grpc");
        return content;
    }

    private static async Task<RpcFuzzAnswer> ReadAsync(HttpResponseMessage response, bool mayNeverEnd, CancellationToken patience)
    {
        if (Status(response.Headers) is { } early)
        {
            return new((int)response.StatusCode, early.Status, early.Detail);
        }
        await using var body = await response.Content.ReadAsStreamAsync(patience);
        var buffer = new byte[64 * 1024];
        while (await body.ReadAsync(buffer, patience) > 0)
        {
            if (mayNeverEnd)
            {
                return new((int)response.StatusCode, null, "");
            }
        }
        var end = Status(response.TrailingHeaders);
        return new((int)response.StatusCode, end?.Status, end?.Detail ?? "ended without a status");
    }

    private static (StatusCode Status, string Detail)? Status(HttpResponseHeaders headers) => headers.TryGetValues("grpc-status", out var values)
        ? ((StatusCode)int.Parse(values.Single(), CultureInfo.InvariantCulture),
            headers.TryGetValues("grpc-message", out var texts) ? Uri.UnescapeDataString(texts.Single()) : "")
        : null;

    /// <summary>A body whose sender goes away after its last byte.</summary>
    private sealed class Aborted(byte[] bytes) : HttpContent
    {
        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.WriteAsync(bytes);
            await stream.FlushAsync();
            throw new IOException("The client went away.");
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
