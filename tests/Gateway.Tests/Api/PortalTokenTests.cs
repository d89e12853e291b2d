using System.Diagnostics;
using System.Text;
using OrleansBilling.Gateway.Tests.Host;
using Xunit;

namespace OrleansBilling.Gateway.Tests.Api;

/// <summary>Tokens that a portal gives to its customers.</summary>
[Collection(HostCollection.Name)]
public sealed class PortalTokenTests(HostFixture host)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task A_token_reads_its_customer_and_nothing_else_for_a_quarter_of_an_hour()
    {
        using var home = await host.NewHomeAsync();
        await home.CreateAsync("/v1/customers", """{ "id": "c-2", "name": "Other", "currency": "EUR" }""");
        var before = TimeProvider.System.GetUtcNow();
        var made = await home.CreateAsync("/v1/portal-tokens", """{ "customer": "c-1" }""");
        Assert.InRange(DateTimeOffset.Parse(made.Text("expiresAt"), null), before.AddMinutes(15).AddSeconds(-1), before.AddMinutes(16));
        using var portal = With(made.Text("token"));
        Assert.Equal("9.50", (await portal.GetAsync("/v1/customers/c-1/bill")).Text("total"));
        (await portal.GetAsync("/v1/customers/c-2/bill")).IsProblem(404, "customer.unknown");
        (await portal.GetAsync("/v1/customers")).IsProblem(403, "auth.customer_key");
        (await portal.ReportAsync("e", "1")).IsProblem(403, "auth.scope_missing");
        (await portal.PostAsync("/v1/portal-tokens", """{ "customer": "c-1", "expiresIn": "P1D" }""")).IsProblem(403, "auth.customer_key");
        Assert.DoesNotContain(made.Text("token"), host.Silo.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_ends_when_it_said_and_so_does_what_is_watched_with_it()
    {
        using var home = await host.NewHomeAsync();
        var made = await home.CreateAsync("/v1/portal-tokens", """{ "customer": "c-1", "expiresIn": "PT4S" }""");
        using var portal = With(made.Text("token"));
        using var watched = await portal.Http.GetAsync("/v1/customers/c-1/bill/live", HttpCompletionOption.ResponseHeadersRead);
        Assert.True(watched.IsSuccessStatusCode);
        var told = await watched.Content.ReadAsStringAsync().WaitAsync(Patience);
        Assert.Contains("\"total\":\"9.50\"", told, StringComparison.Ordinal);
        (await portal.GetAsync("/v1/customers/c-1/bill")).IsProblem(401, "auth.key_missing_or_unknown");
        Assert.True(TimeProvider.System.GetUtcNow() >= DateTimeOffset.Parse(made.Text("expiresAt"), null));
    }

    [Fact]
    public async Task A_token_ends_with_the_key_that_made_it()
    {
        using var home = await host.NewHomeAsync();
        var end = TimeProvider.System.GetUtcNow().AddHours(1);
        var maker = await home.CreateAsync("/v1/keys", $$"""{ "scopes": ["read"], "expiresAt": "{{end:yyyy-MM-dd'T'HH:mm:ss'Z'}}" }""");
        using var backend = With(maker.Text("key"));
        var made = await backend.CreateAsync("/v1/portal-tokens", """{ "customer": "c-1", "expiresIn": "P1D" }""");
        Assert.Equal(maker.Text("expiresAt"), made.Text("expiresAt"));
        using var portal = With(made.Text("token"));
        Assert.Equal(200, (await portal.GetAsync("/v1/customers/c-1")).Status);
        Assert.Equal(200, (await home.PostAsync($"/v1/keys/{maker.Text("id")}/revoke", "")).Status);
        var started = Stopwatch.GetTimestamp();
        while ((await portal.GetAsync("/v1/customers/c-1")).Status != 401)
        {
            Assert.True(Stopwatch.GetElapsedTime(started) < Patience, "the token still works");
            await Task.Delay(50);
        }
    }

    [Fact]
    public async Task A_token_that_was_changed_or_signed_by_another_key_opens_nothing()
    {
        using var home = await host.NewHomeAsync();
        using var other = await host.NewHomeAsync();
        var token = (await home.CreateAsync("/v1/portal-tokens", """{ "customer": "c-1" }""")).Text("token");
        var foreign = (await other.CreateAsync("/v1/portal-tokens", """{ "customer": "c-1" }""")).Text("token");
        var (body, signature) = (token[..token.LastIndexOf('.')], token[token.LastIndexOf('.')..]);
        var said = Encoding.UTF8.GetString(Convert.FromBase64String(Padded(body[4..])));
        string[] forged =
        [
            body, body + ".", token[..^1], body + foreign[foreign.LastIndexOf('.')..],
            "obp_" + Encoded(said.Replace("c-1", "c-2", StringComparison.Ordinal)) + signature,
            "obp_" + Encoded(said.Replace("\"E\":", "\"E\":9", StringComparison.Ordinal)) + signature,
            "obp_" + Encoded("{}") + signature, "obp_" + Encoded("null") + signature, "obp_" + Encoded("[") + signature, "obp_." + signature, "obp_",
        ];
        foreach (var text in forged)
        {
            using var caller = With(text);
            (await caller.GetAsync("/v1/customers/c-1")).IsProblem(401, "auth.key_missing_or_unknown");
        }
        using var good = With(token);
        Assert.Equal(200, (await good.GetAsync("/v1/customers/c-1")).Status);
    }

    [Theory]
    [InlineData("""{ }""", "json.required", "/customer")]
    [InlineData("""{ "customer": "nobody" }""", "customer.unknown", "/customer")]
    [InlineData("""{ "customer": "c-1", "expiresIn": "PT0S" }""", "portal.expiry_invalid", "/expiresIn")]
    [InlineData("""{ "customer": "c-1", "expiresIn": "P1DT1S" }""", "portal.expiry_invalid", "/expiresIn")]
    public async Task A_token_that_makes_no_sense_is_refused_with_the_place(string body, string code, string pointer)
    {
        using var home = await host.NewHomeAsync();
        (await home.PostAsync("/v1/portal-tokens", body)).IsProblem(422, code, pointer);
    }

    [Fact]
    public async Task A_key_that_somebody_chose_makes_no_tokens() =>
        (await host.Operator.PostAsync("/v1/portal-tokens", """{ "customer": "c-1" }""")).IsProblem(403, "auth.made_key_needed");

    private Caller With(string token) => new(host.Silo.Client(token), token);

    private static string Padded(string text) => text.Replace('-', '+').Replace('_', '/') + new string('=', (4 - (text.Length % 4)) % 4);

    private static string Encoded(string json) =>
        Convert.ToBase64String(Encoding.UTF8.GetBytes(json)).TrimEnd('=').Replace('+', '-').Replace('/', '_');
}
