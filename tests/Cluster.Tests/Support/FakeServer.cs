using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace OrleansBilling.Cluster.Tests.Support;

/// <summary>
/// Answers <c>POST /v1/events</c> like the server, from memory, so that tests of the importer can fail requests, count
/// them and look at what was sent.
/// </summary>
internal sealed class FakeServer : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly Lock _gate = new();
    private readonly Dictionary<(string Device, string Id), JsonElement> _events = [];

    public FakeServer()
    {
        Url = new Uri($"http://127.0.0.1:{FreePorts.Next()}/");
        _listener.Prefixes.Add(Url.ToString());
        _listener.Start();
        _ = Task.Run(ServeAsync);
    }

    public Uri Url { get; }

    /// <summary>Asked before each request is handled; an answer other than OK is sent as it is.</summary>
    public Func<int, HttpStatusCode> Before { get; set; } = _ => HttpStatusCode.OK;

    /// <summary>
    /// Asked after each request is handled; false cuts the connection, so that the outcome is unknown.
    /// </summary>
    public Func<int, bool> Answers { get; set; } = _ => true;

    /// <summary>What became of an event that is new.</summary>
    public Func<JsonElement, (string Status, string? Reason)> Decide { get; set; } = _ => ("accepted", null);

    public DateTimeOffset Clock { get; set; } = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public TimeSpan Grace { get; set; } = TimeSpan.FromHours(1);

    public List<DateTimeOffset> ClockMoves { get; } = [];

    public List<string> Order { get; } = [];

    public List<int> BatchSizes { get; } = [];

    public List<string> Registered { get; } = [];

    public int Requests { get; private set; }

    /// <summary>Events that were sent before the clock reached them.</summary>
    public int Future { get; private set; }

    /// <summary>Events kept, by device and id.</summary>
    public IReadOnlyDictionary<(string Device, string Id), JsonElement> Events => _events;

    public void Dispose() => _listener.Close();

    private async Task ServeAsync()
    {
        while (_listener.IsListening)
        {
            try
            {
                var context = await _listener.GetContextAsync();
                _ = Task.Run(() => Handle(context));
            }
            catch (Exception closed) when (closed is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private void Handle(HttpListenerContext context)
    {
        using var reader = new StreamReader(context.Request.InputStream);
        var text = reader.ReadToEnd();
        lock (_gate)
        {
            var number = ++Requests;
            var status = Before(number);
            if (status != HttpStatusCode.OK)
            {
                Send(context, status, new JsonObject { ["title"] = "Not now", ["code"] = "test.refused" });
                return;
            }

            var answer = Answer(context.Request.Url!.AbsolutePath, text);
            if (Answers(number))
            {
                Send(context, HttpStatusCode.OK, answer);
            }
            else
            {
                context.Response.Abort();
            }
        }
    }

    private JsonObject Answer(string path, string text)
    {
        switch (path)
        {
            case "/v1/clock":
                return ClockView();
            case "/v1/clock/advance":
                Clock = DateTimeOffset.Parse(
                    JsonNode.Parse(text)!["to"]!.GetValue<string>(), System.Globalization.CultureInfo.InvariantCulture);
                ClockMoves.Add(Clock);
                return ClockView();
            case "/v1/devices":
                Registered.Add(JsonNode.Parse(text)!["id"]!.GetValue<string>());
                return [];
            default:
                return TakeEvents(text);
        }
    }

    private JsonObject ClockView() => new()
    {
        ["kind"] = "test", ["now"] = Clock.ToString("O"), ["sealedThrough"] = (Clock - Grace).ToString("O"),
    };

    private JsonObject TakeEvents(string text)
    {
        using var document = JsonDocument.Parse(text);
        var results = new JsonArray();
        var batch = document.RootElement.GetProperty("events");
        BatchSizes.Add(batch.GetArrayLength());
        foreach (var usage in batch.EnumerateArray())
        {
            results.Add(Take(usage.Clone()));
        }

        return new JsonObject { ["results"] = results };
    }

    private JsonObject Take(JsonElement usage)
    {
        var key = (usage.GetProperty("device").GetString()!, usage.GetProperty("id").GetString()!);
        Future += usage.GetProperty("time").GetDateTimeOffset() > Clock.AddMinutes(5) ? 1 : 0;
        Order.Add(key.Item2);
        var (status, reason) = Decide(usage);
        if (status == "accepted" && !_events.TryAdd(key, usage))
        {
            status = JsonElement.DeepEquals(_events[key], usage) ? "duplicate" : "conflict";
        }

        return new JsonObject { ["id"] = key.Item2, ["status"] = status, ["reason"] = reason };
    }

    private static void Send(HttpListenerContext context, HttpStatusCode status, JsonObject body)
    {
        context.Response.StatusCode = (int)status;
        context.Response.ContentType = "application/json";
        JsonSerializer.Serialize(context.Response.OutputStream, body);
        context.Response.Close();
    }
}
