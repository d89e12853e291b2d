using System.Net.Http.Headers;
using System.Text;
using OrleansBilling.Gateway.Tests.Host;
using Xunit;

namespace OrleansBilling.Gateway.Tests.Api;

[Collection(HostCollection.Name)]
public sealed class AccessTests(HostFixture host)
{
    [Theory]
    [InlineData("/v1/clock")]
    [InlineData("/v1/devices")]
    [InlineData("/v1/nothing")]
    [InlineData("/openapi/v1.json")]
    [InlineData("/schemas/plan.json")]
    [InlineData("/docs/")]
    [InlineData("/metrics")]
    [InlineData("/dashboard")]
    [InlineData("/")]
    public async Task Without_a_key_nothing_is_told(string path)
    {
        using var client = new Caller(host.Silo.Client(null), "");
        var answer = await client.GetAsync(path);
        answer.IsProblem(401, "auth.key_missing_or_unknown");
        Assert.Equal(["Bearer", "Basic"], answer.Headers.WwwAuthenticate.Select(scheme => scheme.Scheme));
        using var stranger = new Caller(host.Silo.Client("ob_AAAAAAAA_wrong-key-that-is-long-enough"), "");
        (await stranger.GetAsync(path)).IsProblem(401, "auth.key_missing_or_unknown");
    }

    [Theory]
    [InlineData("/health/live")]
    [InlineData("/health/ready")]
    public async Task Health_needs_no_key(string path)
    {
        using var client = new Caller(host.Silo.Client(null), "");
        Assert.Equal(200, (await client.GetAsync(path)).Status);
    }

    [Theory]
    [InlineData("/docs/")]
    [InlineData("/metrics")]
    [InlineData("/dashboard/")]
    public async Task A_browser_may_send_the_key_as_a_password(string path)
    {
        using var client = new Caller(host.Silo.Client(null), "");
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Authorization = Basic(SiloProcess.OperatorKey);
        Assert.Equal(200, (await client.SendAsync(request)).Status);
    }

    [Fact]
    public async Task Another_site_cannot_make_a_browser_post_with_its_remembered_password()
    {
        using var client = new Caller(host.Silo.Client(null), "");
        var request = new HttpRequestMessage(HttpMethod.Post, "/v1/meters") { Content = new StringContent("{}") };
        request.Headers.Authorization = Basic(SiloProcess.OperatorKey);
        request.Headers.Add("Sec-Fetch-Site", "cross-site");
        (await client.SendAsync(request)).IsProblem(401, "auth.key_missing_or_unknown");
    }

    [Fact]
    public async Task What_is_another_tenants_answers_exactly_like_what_does_not_exist()
    {
        using var owner = await host.NewHomeAsync();
        using var other = await host.NewTenantAsync();
        await owner.ReportAsync("e-1", "1");
        await owner.PostAsync("/v1/clock/advance", """{ "to": "2012-07-01T02:00:00Z" }""");
        var invoice = (await owner.GetAsync("/v1/customers/c-1/invoices")).Text("items/0/id");
        string[] paths =
        [
            "/v1/customers/c-1", "/v1/customers/c-1/bill", "/v1/customers/c-1/invoices", "/v1/devices/meter-17",
            "/v1/devices/meter-17/usage", "/v1/subscriptions/s-1", "/v1/plans/home", "/v1/meters/energy",
                $"/v1/invoices/{invoice}",
            $"/v1/invoices/{invoice}/html", $"/v1/invoices/{invoice}/explanation", $"/v1/invoices/{invoice}/usage.csv",
            $"/v1/invoices/{invoice}/lines/1/events",
        ];
        foreach (var path in paths)
        {
            Assert.Equal(200, (await owner.GetAsync(path)).Status);
            var foreign = await other.GetAsync(path);
            Assert.True(foreign.Status == 404, $"{path}: {foreign.Status}");
            var absent = (await other.GetAsync(path.Replace(invoice, "absent", StringComparison.Ordinal)
                .Replace(
                    "c-1", "absent", StringComparison.Ordinal).Replace("meter-17", "absent", StringComparison.Ordinal)
                .Replace("s-1", "absent", StringComparison.Ordinal).Replace("home", "absent", StringComparison.Ordinal)
                .Replace("energy", "absent", StringComparison.Ordinal))).Body;
            Assert.Equal(absent, foreign.Body.Replace(invoice, "absent", StringComparison.Ordinal)
                .Replace(
                    "c-1", "absent", StringComparison.Ordinal).Replace("meter-17", "absent", StringComparison.Ordinal)
                .Replace("s-1", "absent", StringComparison.Ordinal).Replace("home", "absent", StringComparison.Ordinal)
                .Replace("'energy'", "'absent'", StringComparison.Ordinal));
        }
        foreach (var path in new[] { "/v1/customers", "/v1/devices", "/v1/subscriptions", "/v1/plans", "/v1/meters",
            "/v1/quarantine" })
        {
            Assert.Equal("[]", (await other.GetAsync(path)).Text("items"));
        }
        Assert.Equal("device.unknown", (await other.ReportAsync("e-1", "1")).Text("results/0/reason"));
        Assert.Equal(201, (await other.PostAsync("/v1/devices", """{ "id": "meter-17" }""")).Status);
    }

    [Fact]
    public async Task Only_operators_make_tenants_and_see_all_of_them()
    {
        using var caller = await host.NewTenantAsync();
        (await caller.PostAsync("/v1/tenants", """{ "id": "mine" }""")).IsProblem(403, "auth.operator_key_needed");
        (await caller.PostAsync("/v1/tenants/default/keys", "")).IsProblem(403, "auth.operator_key_needed");
        Assert.Equal(403, (await caller.GetAsync("/metrics")).Status);
        Assert.Equal(1, (await caller.GetAsync("/v1/tenants")).Json.GetProperty("items").GetArrayLength());
        Assert.True((await host.Operator.GetAsync("/v1/tenants")).Json.GetProperty("items").GetArrayLength() > 1);
    }

    private static AuthenticationHeaderValue Basic(string key) =>
        new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"anybody:{key}")));
}
