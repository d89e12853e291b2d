using System.Diagnostics;
using System.Security.Cryptography;
using Grpc.Core;
using Grpc.Net.Client;
using OrleansBilling.Gateway.Rpc.V1;
using OrleansBilling.Gateway.Tests.Host;
using Xunit;

namespace OrleansBilling.Gateway.Tests.Oidc;

/// <summary>Tokens of an issuer in place of API keys.</summary>
public sealed class OidcTests(OidcHost host) : IClassFixture<OidcHost>
{
    [Theory]
    [InlineData("RS256")]
    [InlineData("PS256")]
    [InlineData("ES256")]
    public async Task A_token_of_the_issuer_opens_its_tenant_over_HTTP_and_gRPC(string algorithm)
    {
        var token = host.Issuer.Token(host.Claims("ingest read"), algorithm);
        using var person = host.With(token);
        Assert.Equal("c-1", (await person.GetAsync("/v1/customers/c-1")).Text("id"));
        Assert.Equal("acme", (await person.GetAsync("/v1/tenants")).Text("items/0/id"));
        using var channel = GrpcChannel.ForAddress(host.Silo.GrpcUrl);
        var bill = await new BillService.BillServiceClient(channel).GetBillAsync(new() { Customer = "c-1" }, Metadata(token));
        Assert.Equal("c-1", bill.Customer);
        Assert.Empty((await new UsageService.UsageServiceClient(channel).ReportAsync(new(), Metadata(token))).Results);
    }

    [Fact]
    public async Task What_a_token_may_do_follows_from_its_rights_and_a_team_s_name_stands_for_a_scope()
    {
        using var reader = host.With(host.Token("openid read profile"));
        Assert.Equal(200, (await reader.GetAsync("/v1/meters")).Status);
        var refused = (await reader.PostAsync("/v1/meters", """{ "id": "m", "unit": "kWh" }""")).IsProblem(403, "auth.scope_missing");
        Assert.Contains("'billing'", refused.Text("detail"), StringComparison.Ordinal);
        using var nothing = host.With(host.Token("openid"));
        (await nothing.GetAsync("/v1/meters")).IsProblem(403, "auth.scope_missing");
        // 'billing' is given by the name of a team, so that the scope's own name gives nothing.
        using var name = host.With(host.Token("billing"));
        (await name.GetAsync("/v1/meters")).IsProblem(403, "auth.scope_missing");
        using var team = host.With(host.Token("", ("scope", new[] { "billing-team", "ingest" })));
        Assert.Equal(201, (await team.PostAsync("/v1/meters", """{ "id": "of-the-team", "unit": "kWh" }""")).Status);
        (await team.GetAsync("/metrics")).IsProblem(403, "auth.operator_key_needed");
        (await team.PostAsync("/v1/portal-tokens", """{ "customer": "c-1" }""")).IsProblem(403, "auth.made_key_needed");

        using var channel = GrpcChannel.ForAddress(host.Silo.GrpcUrl);
        var rpc = await Assert.ThrowsAsync<RpcException>(async () =>
            await new UsageService.UsageServiceClient(channel).ReportAsync(new(), Metadata(reader.Key)));
        Assert.Equal(StatusCode.PermissionDenied, rpc.StatusCode);
    }

    [Fact]
    public async Task The_audit_trail_says_which_person_of_which_issuer_made_a_change()
    {
        using var admin = host.With(host.Token("admin", ("sub", "grace")));
        await admin.CreateAsync("/v1/customers", """{ "id": "by-grace", "name": "N", "currency": "EUR" }""");
        var entry = (await admin.GetAsync("/v1/audit-trail?actor=grace&kind=customer")).Json.GetProperty("items")[0].GetProperty("entry");
        var actor = entry.GetProperty("actor");
        Assert.Equal(
            ("by-grace", "grace", host.Issuer.Url),
            (entry.GetProperty("id").GetString(), actor.GetProperty("subject").GetString(), actor.GetProperty("issuer").GetString()));
        Assert.False(actor.TryGetProperty("key", out _));
    }

    [Fact]
    public async Task An_operator_is_one_in_the_operators_tenant_only()
    {
        using var operating = host.With(host.Token("billing-operators", ("tenant", "default")));
        Assert.Equal(200, (await operating.GetAsync("/metrics")).Status);
        Assert.Equal(200, (await operating.GetAsync("/dashboard/")).Status);
        using var elsewhere = host.With(host.Token("billing-operators"));
        (await elsewhere.GetAsync("/metrics")).IsProblem(403, "auth.operator_key_needed");
        using var claimed = host.With(host.Token("operator admin", ("tenant", "default")));
        (await claimed.GetAsync("/metrics")).IsProblem(403, "auth.operator_key_needed");
    }

    [Fact]
    public async Task A_token_about_a_customer_reads_that_customer_and_nothing_else_whatever_its_rights()
    {
        using var person = host.With(host.Token("read admin", ("billing_customer", "c-1")));
        Assert.Equal(200, (await person.GetAsync("/v1/customers/c-1/bill")).Status);
        (await person.GetAsync("/v1/customers/c-2/bill")).IsProblem(404, "customer.unknown");
        (await person.GetAsync("/v1/customers")).IsProblem(403, "auth.customer_key");
        (await person.PostAsync("/v1/meters", """{ "id": "m", "unit": "kWh" }""")).IsProblem(403, "auth.scope_missing");
    }

    public static TheoryData<string, int, string> Wrong => new()
    {
        { "audience", 401, "auth.token_audience" },
        { "no audience", 401, "auth.token_audience" },
        { "issuer", 401, "auth.token_issuer" },
        { "expired", 401, "auth.token_expired" },
        { "not yet", 401, "auth.token_not_yet_valid" },
        { "without end", 401, "auth.token_without_end" },
        { "another's signature", 401, "auth.token_signature" },
        { "changed", 401, "auth.token_signature" },
        { "none", 401, "auth.token_signature" },
        { "none without signature", 401, "auth.token_signature" },
        { "public key as secret", 401, "auth.token_signature" },
        { "garbage", 401, "auth.token_malformed" },
        { "nobody", 401, "auth.token_subject" },
        { "no tenant", 403, "auth.token_tenant_missing" },
        { "unknown tenant", 403, "auth.token_tenant_unknown" },
        { "no tenant id", 403, "auth.token_tenant_unknown" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task A_token_that_is_not_good_is_refused_with_what_is_wrong(string what, int status, string code)
    {
        var token = Make(what);
        using var caller = host.With(token);
        var answer = (await caller.GetAsync("/v1/meters")).IsProblem(status, code);
        Assert.Equal(status == 401, answer.Headers.WwwAuthenticate.ToString().Contains("invalid_token", StringComparison.Ordinal));
        Assert.DoesNotContain(token[^20..], answer.Body, StringComparison.Ordinal);
        using var channel = GrpcChannel.ForAddress(host.Silo.GrpcUrl);
        var rpc = await Assert.ThrowsAsync<RpcException>(async () =>
            await new UsageService.UsageServiceClient(channel).ReportAsync(new(), Metadata(token)));
        Assert.Equal(status == 401 ? StatusCode.Unauthenticated : StatusCode.PermissionDenied, rpc.StatusCode);
        Assert.StartsWith(code, rpc.Status.Detail, StringComparison.Ordinal);
        Assert.DoesNotContain(token[^20..], host.Silo.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_new_key_of_the_issuer_is_picked_up_and_the_one_it_withdrew_is_forgotten()
    {
        using var old = host.With(host.Token("read"));
        Assert.Equal(200, (await old.GetAsync("/v1/meters")).Status);
        host.Issuer.Rotate();
        using var renewed = host.With(host.Token("read"));
        var started = Stopwatch.GetTimestamp();
        Answer answer;
        while ((answer = await renewed.GetAsync("/v1/meters")).Status != 200)
        {
            answer.IsProblem(401, "auth.token_signature");
            Assert.True(Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(60), "the new key is not picked up");
            await Task.Delay(100);
        }
        (await old.GetAsync("/v1/meters")).IsProblem(401, "auth.token_signature");
    }

    [Fact]
    public async Task While_the_issuer_is_away_tokens_are_told_to_wait_and_keys_work()
    {
        await using var silo = new SiloProcess(new Dictionary<string, string>
        {
            ["Gateway__Oidc__Authority"] = $"http://127.0.0.1:{SiloProcess.FreePort()}", ["Gateway__Oidc__Audience"] = "billing",
            ["Gateway__Outgoing__AllowedNetworks__0"] = "127.0.0.0/8",
        });
        await silo.StartAsync();
        var token = host.Token("read");
        using var person = new Caller(silo.Client(token), token);
        var answer = (await person.GetAsync("/v1/meters")).IsProblem(503, "auth.issuer_unavailable");
        Assert.NotNull(answer.Headers.RetryAfter);
        using var key = new Caller(silo.Client(SiloProcess.OperatorKey), SiloProcess.OperatorKey);
        Assert.Equal(200, (await key.GetAsync("/v1/meters")).Status);
    }

    private string Make(string what)
    {
        var claims = host.Claims("read admin");
        switch (what)
        {
            case "audience": claims["aud"] = "another"; break;
            case "no audience": claims["aud"] = null; break;
            case "issuer": claims["iss"] = "https://issuer.example"; break;
            case "expired": claims["exp"] = OidcHost.In(-60); break;
            case "not yet": claims["nbf"] = OidcHost.In(120); break;
            case "without end": claims["exp"] = null; break;
            case "nobody": claims["sub"] = null; break;
            case "no tenant": claims["tenant"] = null; break;
            case "unknown tenant": claims["tenant"] = "nowhere"; break;
            case "no tenant id": claims["tenant"] = "../acme"; break;
            case "garbage": return "eyJhbGciOiJSUzI1NiJ9.this_is_no_json_at_all.signature_of_nothing";
            case "none": return host.Issuer.Token(claims, "none", _ => [1]);
            case "none without signature": return host.Issuer.Token(claims, "none", _ => []);
            case "public key as secret":
                return host.Issuer.Token(claims, "HS256", body => HMACSHA256.HashData(host.Issuer.Rsa.ExportSubjectPublicKeyInfo(), body));
            case "changed":
                var (mine, other) = (host.Issuer.Token(host.Claims("read")).Split('.'), host.Issuer.Token(claims).Split('.'));
                return $"{mine[0]}.{other[1]}.{mine[2]}";
            case "another's signature":
                using (var rsa = RSA.Create(2048))
                {
                    return host.Issuer.Token(claims, "RS256", body => rsa.SignData(body, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
                }
            default: throw new ArgumentOutOfRangeException(nameof(what), what, null);
        }
        return host.Issuer.Token(claims);
    }

    private static Metadata Metadata(string token) => new() { { "authorization", $"Bearer {token}" } };
}
