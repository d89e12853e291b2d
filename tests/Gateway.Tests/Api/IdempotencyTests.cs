using System.Text;
using OrleansBilling.Gateway.Tests.Host;
using Xunit;

namespace OrleansBilling.Gateway.Tests.Api;

[Collection(HostCollection.Name)]
public sealed class IdempotencyTests(HostFixture host)
{
    private const string Customer = """{ "id": "c-1", "name": "Ada", "currency": "EUR" }""";

    [Fact]
    public async Task A_repeat_gets_the_very_answer_of_the_first()
    {
        using var caller = await host.NewTenantAsync();
        var first = await CallAsync(caller, "/v1/customers", Customer, "k-1");
        Assert.Equal((201, false), (first.Status, IsReplayed(first)));
        var again = await CallAsync(caller, "/v1/customers", Customer, "k-1");
        Assert.Equal((201, true, first.Body, first.Type), (again.Status, IsReplayed(again), again.Body, again.Type));
        Assert.Equal(first.Headers.Location, again.Headers.Location);
        Assert.Equal(200, (await caller.PostAsync("/v1/customers", Customer)).Status);
    }

    [Fact]
    public async Task A_key_that_was_used_for_another_request_is_refused_and_nothing_happens()
    {
        using var caller = await host.NewTenantAsync();
        Assert.Equal(201, (await CallAsync(caller, "/v1/customers", Customer, "k-1")).Status);
        var other = Customer.Replace("c-1", "c-2", StringComparison.Ordinal);
        (await CallAsync(caller, "/v1/customers", other, "k-1")).IsProblem(422, "idempotency.key_reused");
        (await CallAsync(caller, "/v1/customers?x=1", Customer, "k-1")).IsProblem(422, "idempotency.key_reused");
        (await CallAsync(caller, "/v1/quotes", Customer, "k-1")).IsProblem(422, "idempotency.key_reused");
        Assert.Equal(404, (await caller.GetAsync("/v1/customers/c-2")).Status);
        using var stranger = await host.NewTenantAsync();
        Assert.Equal(201, (await CallAsync(stranger, "/v1/customers", other, "k-1")).Status);
    }

    [Fact]
    public async Task What_was_refused_is_judged_anew()
    {
        using var caller = await host.NewHomeAsync();
        const string Subscription = """{ "id": "s-2", "customer": "c-2", "plan": "home", "start": "2012-06-01T00:00:00Z" }""";
        (await CallAsync(caller, "/v1/subscriptions", Subscription, "k-1")).IsProblem(422, "customer.unknown");
        await caller.CreateAsync("/v1/customers", Customer.Replace("c-1", "c-2", StringComparison.Ordinal));
        var made = await CallAsync(caller, "/v1/subscriptions", Subscription, "k-1");
        Assert.Equal((201, false), (made.Status, IsReplayed(made)));
        (await CallAsync(caller, "/v1/subscriptions", Subscription[..^1], "k-2")).IsProblem(400, "request.json_broken");
    }

    [Fact]
    public async Task Usage_that_is_sent_again_is_answered_as_before_and_not_as_duplicate()
    {
        using var caller = await host.NewHomeAsync();
        const string Batch = """
            { "events": [ { "id": "e-1", "device": "meter-17", "meter": "energy", "time": "2012-06-02T08:00:00Z", "value": "2" } ] }
            """;
        var first = await CallAsync(caller, "/v1/events", Batch, "k-1");
        var again = await CallAsync(caller, "/v1/events", Batch, "k-1");
        Assert.Equal(("accepted", true, first.Body), (again.Text("results/0/status"), IsReplayed(again), again.Body));
        Assert.Equal("duplicate", (await caller.PostAsync("/v1/events", Batch)).Text("results/0/status"));
        Assert.Equal("10.12", (await caller.GetAsync("/v1/customers/c-1/bill")).Text("total"));
    }

    [Fact]
    public async Task A_key_that_is_asked_for_twice_is_one_key_and_its_secret_is_on_no_disk()
    {
        using var admin = await host.NewTenantAsync();
        var first = await CallAsync(admin, "/v1/keys", """{ "scopes": ["admin"] }""", "k-1");
        var again = await CallAsync(admin, "/v1/keys", """{ "scopes": ["admin"] }""", "k-1");
        Assert.Equal((201, first.Text("key")), (again.Status, again.Text("key")));
        Assert.Equal(2, (await admin.GetAsync("/v1/keys")).Json.GetProperty("items").GetArrayLength());

        using var other = new Caller(host.Silo.Client(first.Text("key")), first.Text("key"));
        (await CallAsync(other, "/v1/keys", """{ "scopes": ["admin"] }""", "k-1")).IsProblem(409, "idempotency.other_api_key");
        var secret = Encoding.UTF8.GetBytes(first.Text("key")[12..]);
        var id = Encoding.UTF8.GetBytes(first.Text("prefix"));
        var files = Directory.GetFiles(host.Silo.Directory, "*", SearchOption.AllDirectories)
            .Where(path => !path.EndsWith(".lock", StringComparison.Ordinal)).Select(ReadShared).ToArray();
        Assert.Contains(files, bytes => bytes.AsSpan().IndexOf(id) >= 0);
        Assert.DoesNotContain(files, bytes => bytes.AsSpan().IndexOf(secret) >= 0);
    }

    [Fact]
    public async Task Copies_that_arrive_together_are_carried_out_once_and_answered_alike()
    {
        using var caller = await host.NewTenantAsync();
        for (var round = 0; round < 20; round++)
        {
            var body = $$"""{ "scopes": ["read"], "name": "round {{round}}" }""";
            var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => CallAsync(caller, "/v1/keys", body, $"k-{round}")));
            Assert.All(answers, answer => Assert.True(answer.Status == 201 || answer.Text("code") == "idempotency.running", answer.Body));
            Assert.Single(answers, answer => answer.Status == 201 && !IsReplayed(answer));
            Assert.Single(answers.Where(answer => answer.Status == 201).Select(answer => answer.Body).Distinct());
        }
        Assert.Equal(21, (await caller.GetAsync("/v1/keys")).Json.GetProperty("items").GetArrayLength());
    }

    [Theory]
    [InlineData("")]
    [InlineData("two words")]
    [InlineData("two\twords")]
    public async Task A_key_of_another_form_is_refused(string key)
    {
        using var caller = await host.NewTenantAsync();
        var answer = await CallAsync(caller, "/v1/customers", Customer, key);
        Assert.Equal("Idempotency-Key", answer.IsProblem(422, "idempotency.key_invalid").Text("errors/0/parameter"));
        (await CallAsync(caller, "/v1/customers", Customer, new string('k', 256))).IsProblem(422, "idempotency.key_invalid");
        Assert.Equal(404, (await caller.GetAsync("/v1/customers/c-1")).Status);
    }

    [Fact]
    public async Task Reading_takes_no_notice_of_it()
    {
        using var caller = await host.NewHomeAsync();
        var request = new HttpRequestMessage(HttpMethod.Get, "/v1/customers/c-1/bill");
        request.Headers.Add("Idempotency-Key", "k-1");
        Assert.False(IsReplayed(await caller.SendAsync(request)));
        await caller.ReportAsync("e-1", "1");
        request = new HttpRequestMessage(HttpMethod.Get, "/v1/customers/c-1/bill");
        request.Headers.Add("Idempotency-Key", "k-1");
        Assert.Equal("9.81", (await caller.SendAsync(request)).Text("total"));
    }

    [Fact]
    public async Task Answers_are_kept_over_a_kill_of_the_process()
    {
        await using var silo = new SiloProcess();
        await silo.StartAsync();
        using var server = new Caller(silo.Client(SiloProcess.OperatorKey), SiloProcess.OperatorKey);
        var tenant = await CallAsync(server, "/v1/tenants", """{ "id": "t" }""", "tenant");
        var first = await CallAsync(server, "/v1/customers", Customer, "k-1");
        await silo.KillAsync();
        await silo.StartAsync();

        var again = await CallAsync(server, "/v1/customers", Customer, "k-1");
        Assert.Equal((201, true, first.Body), (again.Status, IsReplayed(again), again.Body));
        var sameTenant = await CallAsync(server, "/v1/tenants", """{ "id": "t" }""", "tenant");
        Assert.Equal((201, tenant.Text("key")), (sameTenant.Status, sameTenant.Text("key")));
    }

    private static byte[] ReadShared(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var bytes = new MemoryStream();
        file.CopyTo(bytes);
        return bytes.ToArray();
    }

    private static bool IsReplayed(Answer answer) => answer.Headers.TryGetValues("Idempotent-Replayed", out var values) && values.Single() == "true";

    private static Task<Answer> CallAsync(Caller caller, string path, string body, string key)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        return caller.SendAsync(request);
    }
}
