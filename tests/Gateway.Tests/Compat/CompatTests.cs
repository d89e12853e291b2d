using System.Globalization;
using System.Text.Json;
using OrleansBilling.Gateway.Tests.Host;
using Xunit;

namespace OrleansBilling.Gateway.Tests.Compat;

/// <summary>Clients of other products, unchanged but for address and key, report usage that is billed.</summary>
[Collection(HostCollection.Name)]
public sealed class CompatTests(HostFixture host) : IClassFixture<CompatClients>
{
    private Uri Server => host.Silo.HttpUrl;

    [Fact]
    public async Task OpenMeters_client_sends_events_that_are_on_the_bill_once()
    {
        using var caller = await HomeAsync();
        var key = await IngestKeyAsync(caller);
        const string Events = """
            [ { "id": "a", "source": "edge-1", "type": "energy", "subject": "meter-17", "time": "2012-06-02T08:00:00Z", "data": { "value": 2, "model": "x" } },
              { "id": "a", "source": "edge-2", "type": "energy", "subject": "meter-17", "time": "2012-06-02T08:00:00Z", "data": { "value": "0.5", "nested": { "b": 1 } } },
              { "id": "b", "type": "requests", "subject": "meter-17", "time": "2012-06-02T08:00:00.123Z" } ]
            """;
        for (var time = 0; time < 2; time++)
        {
            var answer = await CompatClients.OpenMeterAsync(Server, key, Events);
            Assert.True(answer.GetProperty("ok").GetBoolean(), answer.GetRawText());
        }
        var bill = await caller.GetAsync("/v1/customers/c-1/bill");
        Assert.Equal(("9.50", "0.775", "2"), (Amount(bill, "base"), Exact(bill, "energy"), Amount(bill, "requests")));
    }

    [Fact]
    public async Task OpenMeters_client_is_told_which_events_were_refused_and_why_and_the_others_count()
    {
        using var caller = await HomeAsync();
        var answer = await CompatClients.OpenMeterAsync(Server, caller.Key, """
            [ { "id": "a", "type": "energy", "subject": "meter-17", "time": "2012-06-02T08:00:00Z", "data": { "value": 2 } },
              { "id": "b", "type": "unheard-of", "subject": "meter-17", "time": "2012-06-02T08:00:00Z", "data": { "value": 2 } },
              { "id": "c", "type": "energy", "subject": "meter-17", "time": "2012-06-02T08:00:00Z", "data": { "tokens": 2 } },
              { "id": "a", "type": "energy", "subject": "meter-17", "time": "2012-06-02T08:00:00Z", "data": { "value": 3 } },
              { "id": "d", "type": "energy", "subject": "nobody", "time": "2012-06-02T08:00:00Z", "data": { "value": 3 } } ]
            """);
        Assert.Equal((false, "HTTPError", 400),
            (answer.GetProperty("ok").GetBoolean(), answer.GetProperty("name").GetString(), answer.GetProperty("status").GetInt32()));
        Assert.Contains("4 of 5 events were refused", answer.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal(
            [("usage.meter_unknown", "/1"), ("usage.value_invalid", "/2/data/value"), ("usage.conflict", "/3"), ("device.unknown", "/4")],
            answer.GetProperty("errors").EnumerateArray().Select(error =>
                (error.GetProperty("code").GetString(), error.GetProperty("pointer").GetString())));
        Assert.Equal("0.62", Amount(await caller.GetAsync("/v1/customers/c-1/bill"), "energy"));

        var stranger = await CompatClients.OpenMeterAsync(Server, "ob_AAAAAAAA_wrong-key-that-is-long-enough", "[]");
        Assert.Equal(401, stranger.GetProperty("status").GetInt32());
        var reader = (await caller.CreateAsync("/v1/keys", """{ "scopes": ["read"] }""")).Text("key");
        Assert.Equal(403, (await CompatClients.OpenMeterAsync(Server, reader, "[]")).GetProperty("status").GetInt32());
    }

    [Fact]
    public async Task Several_meters_count_one_event_each_by_the_figure_that_it_names()
    {
        using var caller = await host.NewTenantAsync();
        await caller.CreateAsync("/v1/meters", """{ "id": "tokens", "unit": "1", "eventType": "prompt", "value": "input + output" }""");
        await caller.CreateAsync("/v1/meters", """{ "id": "prompts", "unit": "1", "eventType": "prompt", "aggregation": "count" }""");
        await caller.CreateAsync("/v1/plans", """
            { "id": "ai", "currency": "EUR", "charges": [
              { "id": "tokens", "meter": "tokens", "where": { "model": ["m-1"] }, "unitPrice": "0.01" },
              { "id": "prompts", "meter": "prompts", "unitPrice": "1" } ] }
            """);
        await caller.CreateAsync("/v1/customers", """{ "id": "c-1", "name": "Ada", "currency": "EUR" }""");
        await caller.CreateAsync("/v1/subscriptions", """{ "id": "s-1", "customer": "c-1", "plan": "ai", "start": "2012-06-01T00:00:00Z" }""");
        await caller.CreateAsync("/v1/devices", """{ "id": "app", "subscription": "s-1" }""");
        const string Prompt = """
            [ { "id": "p-1", "type": "prompt", "subject": "app", "time": "2012-06-02T08:00:00Z",
                "data": { "input": 1.2e2, "output": "30", "model": "m-1", "text": "LONG", "tools": ["a"] } } ]
            """;
        var sent = Prompt.Replace("LONG", new string('x', 5_000), StringComparison.Ordinal);
        for (var time = 0; time < 2; time++)
        {
            Assert.True((await CompatClients.OpenMeterAsync(Server, caller.Key, sent)).GetProperty("ok").GetBoolean());
        }
        var bill = await caller.GetAsync("/v1/customers/c-1/bill");
        Assert.Equal(("1.50", "1"), (Amount(bill, "tokens"), Amount(bill, "prompts")));
        var row = (await caller.GetAsync("/v1/devices/app/usage")).Json.GetProperty("rows").EnumerateArray()
            .Single(usage => usage.GetProperty("meter").GetString() == "tokens");
        Assert.Equal("150", row.GetProperty("quantity").GetString());

        // What has no figure is kept, and told.
        Assert.True((await CompatClients.OpenMeterAsync(Server, caller.Key,
            """[ { "id": "p-2", "type": "prompt", "subject": "app", "time": "2012-06-02T08:00:00Z", "data": { "input": 1 } } ]""")).GetProperty("ok").GetBoolean());
        Assert.Equal("expression.dimension_missing", (await caller.GetAsync("/v1/quarantine")).Text("items/0/reason"));
    }

    [Fact]
    public async Task Lagos_client_sends_single_events_and_batches_that_are_on_the_bill_once()
    {
        using var caller = await HomeAsync();
        var key = await IngestKeyAsync(caller);
        const string One = """
            { "event": { "transaction_id": "t-1", "external_subscription_id": "meter-17", "code": "energy", "timestamp": 1338624000,
              "properties": { "value": 2, "region": "eu" } } }
            """;
        var first = await CompatClients.LagoAsync(Server, key, "createEvent", One);
        Assert.True(first.GetProperty("ok").GetBoolean(), first.GetRawText());
        var shown = first.GetProperty("data").GetProperty("event");
        Assert.Equal(("t-1", "energy", "2012-06-02T08:00:00.0000000Z", 2), (shown.GetProperty("transaction_id").GetString(),
            shown.GetProperty("code").GetString(), shown.GetProperty("timestamp").GetString(), shown.GetProperty("properties").GetProperty("value").GetInt32()));
        Assert.True((await CompatClients.LagoAsync(Server, key, "createEvent", One)).GetProperty("ok").GetBoolean());

        var batch = await CompatClients.LagoAsync(Server, key, "createBatchEvents", """
            { "events": [
              { "transaction_id": "t-1", "external_subscription_id": "meter-17", "code": "energy", "timestamp": "1338624000", "properties": { "value": "2", "region": "eu" } },
              { "transaction_id": "t-2", "external_subscription_id": "whatever", "code": "energy", "timestamp": "1338624000.5", "properties": { "value": "0.5", "device": "meter-17" } },
              { "transaction_id": "t-3", "external_subscription_id": "meter-17", "code": "requests", "timestamp": "2012-06-02T08:00:00Z" } ] }
            """);
        Assert.True(batch.GetProperty("ok").GetBoolean(), batch.GetRawText());
        Assert.Equal(3, batch.GetProperty("data").GetProperty("events").GetArrayLength());
        var bill = await caller.GetAsync("/v1/customers/c-1/bill");
        Assert.Equal(("0.775", "2"), (Exact(bill, "energy"), Amount(bill, "requests")));
    }

    [Fact]
    public async Task Lagos_client_is_told_the_fields_at_fault()
    {
        using var caller = await HomeAsync();
        const string One = """{ "event": { "transaction_id": "t-1", "external_subscription_id": "meter-17", "code": "CODE", "timestamp": 1338624000, "properties": { "value": 2 } } }""";
        var unknown = await CompatClients.LagoAsync(Server, caller.Key, "createEvent", One.Replace("CODE", "unheard-of", StringComparison.Ordinal));
        Assert.Equal((422, "validation_errors"), (unknown.GetProperty("status").GetInt32(), unknown.GetProperty("error").GetProperty("code").GetString()));
        Assert.StartsWith("usage.meter_unknown", Details(unknown).GetProperty("code")[0].GetString(), StringComparison.Ordinal);

        var good = One.Replace("CODE", "energy", StringComparison.Ordinal);
        Assert.True((await CompatClients.LagoAsync(Server, caller.Key, "createEvent", good)).GetProperty("ok").GetBoolean());
        var changed = await CompatClients.LagoAsync(Server, caller.Key, "createEvent", good.Replace("\"value\": 2", "\"value\": 3", StringComparison.Ordinal));
        Assert.Equal("value_already_exist", Details(changed).GetProperty("transaction_id")[0].GetString());

        var batch = await CompatClients.LagoAsync(Server, caller.Key, "createBatchEvents", """
            { "events": [
              { "transaction_id": "t-2", "external_subscription_id": "meter-17", "code": "energy", "timestamp": 1338624000, "properties": { "value": 1 } },
              { "transaction_id": "t-3", "external_subscription_id": "meter-17", "code": "energy", "timestamp": "yesterday", "properties": { "value": 1 } },
              { "transaction_id": "t-4", "external_subscription_id": "meter-17", "code": "energy", "timestamp": 1338624000 } ] }
            """);
        Assert.Equal(422, batch.GetProperty("status").GetInt32());
        Assert.Equal(["1", "2"], Details(batch).EnumerateObject().Select(property => property.Name));
        Assert.StartsWith("usage.time_invalid", Details(batch).GetProperty("1").GetProperty("timestamp")[0].GetString(), StringComparison.Ordinal);
        Assert.Equal("0.93", Amount(await caller.GetAsync("/v1/customers/c-1/bill"), "energy"));
    }

    [Theory]
    [InlineData("/compat/openmeter/api/v1/events")]
    [InlineData("/compat/lago/api/v1/events")]
    [InlineData("/compat/lago/api/v1/events/batch")]
    public async Task What_is_no_event_is_refused_and_never_an_internal_error(string path)
    {
        using var caller = await HomeAsync();
        foreach (var body in new[]
        {
            "1", "null", "[1]", "{}", "[[]]", "{", """{ "event": 1 }""", """{ "event": {} }""", """{ "events": [1, null, {}] }""", """{ "events": {} }""",
            """{ "events": [] }""", """[{ "specversion": "1.0", "id": 1 }]""", """{ "event": { "properties": [] } }""", "[\"\\ud800\"]",
            """[{ "specversion": "1.0", "id": "a", "source": "s", "type": "energy", "subject": "meter-17", "time": "2012-06-02T08:00:00Z", "data": 5 }]""",
            """{ "event": { "transaction_id": "t", "external_subscription_id": "meter-17", "code": "energy", "timestamp": 1e300, "properties": { "value": 1 } } }""",
            """{ "event": { "transaction_id": "t", "external_subscription_id": "meter-17", "code": "energy", "timestamp": 99999999999999, "properties": { "value": 1 } } }""",
        })
        {
            var answer = await caller.PostAsync(path, body);
            Assert.True(answer.Status is 400 or 422, $"{path} {body}: {answer.Status} {answer.Body}");
        }
        Assert.Equal(415, (await caller.PostAsync(path, "{}", "text/plain")).Status);
        Assert.Equal("9.50", (await caller.GetAsync("/v1/customers/c-1/bill")).Text("total"));
    }

    [Fact]
    public async Task An_event_without_a_time_happens_when_it_arrives()
    {
        using var server = new Caller(host.Silo.Client(SiloProcess.OperatorKey), SiloProcess.OperatorKey);
        var made = await server.CreateAsync("/v1/tenants", """{ "id": "on-the-wall-clock" }""");
        using var caller = new Caller(host.Silo.Client(made.Text("key")), made.Text("key"));
        var start = TimeProvider.System.GetUtcNow().AddDays(-1).ToString("O", CultureInfo.InvariantCulture);
        await FurnishAsync(caller, start);
        await CompatClients.OpenMeterAsync(Server, caller.Key, """[ { "id": "a", "type": "requests", "subject": "meter-17", "time": null } ]""");
        var lago = await CompatClients.LagoAsync(
            Server, caller.Key, "createEvent", """{ "event": { "transaction_id": "t-1", "external_subscription_id": "meter-17", "code": "requests" } }""");
        Assert.True(lago.GetProperty("ok").GetBoolean(), lago.GetRawText());
        Assert.Equal("4", Amount(await caller.GetAsync("/v1/customers/c-1/bill"), "requests"));
    }

    private static JsonElement Details(JsonElement answer) => answer.GetProperty("error").GetProperty("error_details");

    private static string Amount(Answer bill, string charge) => Decimal(Line(bill, charge).GetProperty("amount"));

    /// <summary>Before it was rounded to cents.</summary>
    private static string Exact(Answer bill, string charge) => Decimal(Line(bill, charge).GetProperty("exactAmount"));

    private static string Decimal(JsonElement text) =>
        text.GetString()!.Contains('.', StringComparison.Ordinal) && text.GetString()!.EndsWith(".00", StringComparison.Ordinal)
            ? text.GetString()![..^3]
            : text.GetString()!;

    private static JsonElement Line(Answer bill, string charge) =>
        bill.Json.GetProperty("lines").EnumerateArray().Single(line => line.GetProperty("chargeId").GetString() == charge);

    private async Task<Caller> HomeAsync()
    {
        var caller = await host.NewTenantAsync();
        await FurnishAsync(caller, "2012-06-01T00:00:00Z");
        return caller;
    }

    private static async Task FurnishAsync(Caller caller, string start)
    {
        await caller.CreateAsync("/v1/meters", """{ "id": "energy", "unit": "kWh" }""");
        await caller.CreateAsync("/v1/meters", """{ "id": "requests", "unit": "1", "aggregation": "count" }""");
        await caller.CreateAsync("/v1/plans", """
            { "id": "home", "currency": "EUR", "charges": [ { "id": "base", "kind": "recurring", "amount": "9.50" },
              { "id": "energy", "meter": "energy", "unitPrice": "0.31" }, { "id": "requests", "meter": "requests", "unitPrice": "2" } ] }
            """);
        await caller.CreateAsync("/v1/customers", """{ "id": "c-1", "name": "Ada", "currency": "EUR" }""");
        await caller.CreateAsync("/v1/subscriptions", $$"""{ "id": "s-1", "customer": "c-1", "plan": "home", "start": "{{start}}" }""");
        await caller.CreateAsync("/v1/devices", """{ "id": "meter-17", "subscription": "s-1" }""");
    }

    private static async Task<string> IngestKeyAsync(Caller caller) =>
        (await caller.CreateAsync("/v1/keys", """{ "scopes": ["ingest"] }""")).Text("key");
}
