using System.Buffers;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using OrleansBilling.Benchmarks.Server;

namespace OrleansBilling.Benchmarks.Ingest.Load;

/// <summary>JSON over HTTP/1.1 with kept connections.</summary>
internal sealed class HttpSender : IUsageSender
{
    private readonly HttpClient _http = new(new SocketsHttpHandler());
    private readonly Uri[] _urls;
    private int _turn;

    /// <param name="urls">Of gateways, in turn.</param>
    public HttpSender(IEnumerable<Uri> urls, string key)
    {
        _urls = [.. urls.Select(url => new Uri(url, "v1/events"))];
        _http.DefaultRequestHeaders.Authorization = new("Bearer", key);
    }

    public async Task SendAsync(Usage[] batch)
    {
        var body = new ArrayBufferWriter<byte>(batch.Length * 160);
        Write(batch, body);
        using var content = new ReadOnlyMemoryContent(body.WrittenMemory);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var answer = await _http.PostAsync(_urls[(uint)Interlocked.Increment(ref _turn) % _urls.Length], content);
        var bytes = await answer.Content.ReadAsByteArrayAsync();
        if (!answer.IsSuccessStatusCode || Accepted(bytes) != batch.Length)
        {
            throw new InvalidOperationException(
                $"Of {batch.Length} events: {answer.StatusCode} {System.Text.Encoding.UTF8.GetString(bytes.AsSpan(0, Math.Min(400, bytes.Length)))}");
        }
    }

    public ValueTask DisposeAsync()
    {
        _http.Dispose();
        return ValueTask.CompletedTask;
    }

    private static void Write(ReadOnlySpan<Usage> batch, IBufferWriter<byte> into)
    {
        using var json = new Utf8JsonWriter(into, new JsonWriterOptions { SkipValidation = true });
        Span<char> text = stackalloc char[36];
        json.WriteStartObject();
        json.WriteStartArray("events");
        foreach (var usage in batch)
        {
            json.WriteStartObject();
            json.WriteString("id", usage.Id);
            json.WriteString("device", FleetUnderTest.DeviceId(usage.Device));
            json.WriteString("meter", "data");
            json.WriteString("time", DateTimeOffset.FromUnixTimeMilliseconds(usage.UnixMilliseconds).UtcDateTime);
            (usage.Thousandths / 1000m).TryFormat(text, out var length, default, CultureInfo.InvariantCulture);
            json.WriteString("value", text[..length]);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static int Accepted(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.PropertyName && reader.CurrentDepth == 1 && reader.ValueTextEquals("accepted"u8))
            {
                reader.Read();
                return reader.GetInt32();
            }
        }
        return -1;
    }
}
