using System.Text;
using OrleansBilling.Gateway.Tests.Host;
using Xunit;

namespace OrleansBilling.Gateway.Tests.Api;

/// <summary>Requests with conditions on the tag of an entity.</summary>
[Collection(HostCollection.Name)]
public sealed class ConditionTests(HostFixture host)
{
    private const string Device = "/v1/devices/meter-17";
    private const string Subscription = "/v1/subscriptions/s-1";

    [Theory]
    [InlineData("/v1/meters/energy")]
    [InlineData("/v1/plans/home")]
    [InlineData("/v1/customers/c-1")]
    [InlineData(Subscription)]
    [InlineData(Device)]
    public async Task What_the_caller_has_already_is_not_sent_again(string path)
    {
        using var caller = await host.NewHomeAsync();
        var tag = await TagAsync(caller, path);

        var known = await SendAsync(caller, HttpMethod.Get, path, "If-None-Match", $"\"other\", W/{tag}");
        Assert.Equal((304, ""), (known.Status, known.Body));
        Assert.Equal(tag, known.Headers.ETag!.Tag);
        Assert.Equal(304, (await SendAsync(caller, HttpMethod.Get, path, "If-None-Match", "*")).Status);

        var other = await SendAsync(caller, HttpMethod.Get, path, "If-None-Match", "\"other\"");
        Assert.Equal((200, tag), (other.Status, other.Headers.ETag!.Tag));
    }

    [Fact]
    public async Task What_is_not_there_is_404_whatever_the_condition()
    {
        using var caller = await host.NewHomeAsync();

        (await SendAsync(caller, HttpMethod.Get, "/v1/devices/meter-99", "If-None-Match", "*")).IsProblem(404, "device.unknown");
        (await SendAsync(caller, HttpMethod.Post, "/v1/devices/meter-99/state", "If-Match", "\"other\"",
            """{ "state": "suspended", "from": "2012-06-10T00:00:00Z" }""")).IsProblem(404, "device.unknown");
    }

    [Theory]
    [InlineData("/state", """{ "state": "suspended", "from": "2012-06-10T00:00:00Z" }""")]
    [InlineData("/assignments", """{ "subscription": null, "from": "2012-06-10T00:00:00Z" }""")]
    public async Task A_device_is_changed_only_as_it_was_seen(string change, string body)
    {
        using var caller = await host.NewHomeAsync();
        var tag = await TagAsync(caller, Device);

        (await SendAsync(caller, HttpMethod.Post, Device + change, "If-Match", "\"other\"", body)).IsProblem(412, "request.precondition_failed");
        (await SendAsync(caller, HttpMethod.Post, Device + change, "If-Match", $"W/{tag}", body)).IsProblem(412, "request.precondition_failed");
        Assert.Equal(tag, await TagAsync(caller, Device));

        var changed = await SendAsync(caller, HttpMethod.Post, Device + change, "If-Match", $"\"other\", {tag}", body);
        Assert.True(changed.Status == 200, changed.Body);
        Assert.NotEqual(tag, await TagAsync(caller, Device));

        // A repeat changes nothing, so it answers as without a condition.
        Assert.Equal(200, (await SendAsync(caller, HttpMethod.Post, Device + change, "If-Match", tag, body)).Status);
    }

    [Theory]
    [InlineData("/cancel", """{ "when": "periodEnd" }""", 201)]
    [InlineData("/pause", """{ "id": "p-1", "when": "2012-06-20T00:00:00Z" }""", 201)]
    [InlineData("/changes", """{ "id": "x-1", "plan": "flat", "when": "periodEnd" }""", 201)]
    public async Task A_subscription_is_changed_only_as_it_was_seen(string change, string body, int status)
    {
        using var caller = await host.NewHomeAsync();
        await caller.CreateAsync("/v1/plans", """
            { "id": "flat", "name": "Flat", "currency": "EUR", "charges": [ { "id": "base", "name": "Fee", "kind": "recurring", "amount": "30.00" } ] }
            """);
        var tag = await TagAsync(caller, Subscription);

        (await SendAsync(caller, HttpMethod.Post, Subscription + change, "If-Match", "\"other\"", body)).IsProblem(412, "request.precondition_failed");
        Assert.Equal(tag, await TagAsync(caller, Subscription));

        var changed = await SendAsync(caller, HttpMethod.Post, Subscription + change, "If-Match", tag, body);
        Assert.True(changed.Status == status, changed.Body);
        var after = await TagAsync(caller, Subscription);
        Assert.NotEqual(tag, after);
        Assert.Equal(200, (await SendAsync(caller, HttpMethod.Post, Subscription + change, "If-Match", tag, body)).Status);

        var id = changed.Text("id");
        (await SendAsync(caller, HttpMethod.Delete, $"{Subscription}/changes/{id}", "If-Match", tag)).IsProblem(412, "request.precondition_failed");
        Assert.Equal(200, (await SendAsync(caller, HttpMethod.Delete, $"{Subscription}/changes/{id}", "If-Match", after)).Status);
    }

    [Fact]
    public async Task Of_two_who_have_seen_the_same_only_one_changes_it()
    {
        using var caller = await host.NewHomeAsync();
        var tag = await TagAsync(caller, Device);

        var answers = await Task.WhenAll(Enumerable.Range(10, 8).Select(day => SendAsync(
            caller, HttpMethod.Post, $"{Device}/assignments", "If-Match", tag, $$"""{ "subscription": null, "from": "2012-06-{{day}}T00:00:00Z" }""")));

        Assert.Single(answers, answer => answer.Status == 200);
        // The others are told so, unless the change is not possible any more.
        Assert.All(answers.Where(answer => answer.Status != 200), answer => Assert.Contains(answer.Status, new[] { 409, 412 }));
        Assert.Equal(2, (await caller.GetAsync(Device)).Json.GetProperty("assignments").GetArrayLength());
    }

    [Fact]
    public async Task A_refused_change_is_refused_for_its_own_reason()
    {
        using var caller = await host.NewHomeAsync();

        (await SendAsync(caller, HttpMethod.Post, $"{Device}/state", "If-Match", "\"other\"",
            """{ "state": "asleep", "from": "2012-06-10T00:00:00Z" }""")).IsProblem(422, "device.state_unknown");
    }

    [Theory]
    [InlineData("other")]
    [InlineData("\"open")]
    public async Task A_condition_that_cannot_be_read_is_not_taken_for_none(string header)
    {
        using var caller = await host.NewHomeAsync();

        var answer = await SendAsync(
            caller, HttpMethod.Post, $"{Device}/state", "If-Match", header, """{ "state": "suspended", "from": "2012-06-10T00:00:00Z" }""");

        Assert.Equal("If-Match", answer.IsProblem(422, "request.parameter_invalid").Text("errors/0/parameter"));
    }

    [Fact]
    public async Task A_star_demands_only_that_it_exists()
    {
        using var caller = await host.NewHomeAsync();

        Assert.Equal(200, (await SendAsync(
            caller, HttpMethod.Post, $"{Device}/state", "If-Match", "*", """{ "state": "suspended", "from": "2012-06-10T00:00:00Z" }""")).Status);
    }

    [Fact]
    public async Task The_document_names_the_conditions()
    {
        var paths = (await host.Operator.GetAsync("/openapi/v1.json")).Json.GetProperty("paths");
        foreach (var (path, method, header, status) in new[]
        {
            ("/v1/devices/{id}", "get", "If-None-Match", "304"), ("/v1/invoices/{id}", "get", "If-None-Match", "304"),
            ("/v1/devices/{id}/state", "post", "If-Match", "412"), ("/v1/subscriptions/{id}/changes/{change}", "delete", "If-Match", "412"),
        })
        {
            var operation = paths.GetProperty(path).GetProperty(method);
            Assert.Contains(header, operation.GetProperty("parameters").EnumerateArray().Select(one => one.GetProperty("name").GetString()));
            Assert.True(operation.GetProperty("responses").TryGetProperty(status, out _), path);
        }
    }

    private static async Task<string> TagAsync(Caller caller, string path)
    {
        var answer = await caller.GetAsync(path);
        Assert.Equal(200, answer.Status);
        return answer.Headers.ETag!.Tag;
    }

    private static Task<Answer> SendAsync(Caller caller, HttpMethod method, string path, string header, string value, string? body = null)
    {
        var request = new HttpRequestMessage(method, path)
        {
            Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json"),
        };
        request.Headers.TryAddWithoutValidation(header, value);
        return caller.SendAsync(request);
    }
}
