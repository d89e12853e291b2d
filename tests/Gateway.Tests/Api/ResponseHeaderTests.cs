using OrleansBilling.Gateway.Tests.Host;
using Xunit;

namespace OrleansBilling.Gateway.Tests.Api;

[Collection(HostCollection.Name)]
public sealed class ResponseHeaderTests(HostFixture host)
{
    [Theory]
    [InlineData("/v1/clock", 200)]
    [InlineData("/v1/devices/absent", 404)]
    [InlineData("/v1/devices?limit=0", 422)]
    [InlineData("/v1/nothing", 404)]
    [InlineData("/v1/tenants/x/keys", 403)]
    public async Task Every_answer_of_the_API_stays_out_of_caches_and_frames_also_a_refusal(string path, int status)
    {
        using var caller = await host.NewTenantAsync();
        var answer = await caller.GetAsync(path);
        Assert.Equal(status, answer.Status);
        Check(answer);
        using var nobody = new Caller(host.Silo.Client(null), "");
        var refused = await nobody.GetAsync(path);
        Assert.Equal(401, refused.Status);
        Check(refused);
    }

    [Fact]
    public async Task Without_TLS_nobody_is_told_to_come_back_with_it() =>
        Assert.False((await host.Operator.GetAsync("/v1/clock")).Headers.Contains("Strict-Transport-Security"));

    private static void Check(Answer answer)
    {
        var told = new[] { "X-Content-Type-Options", "Referrer-Policy", "X-Frame-Options", "Cross-Origin-Resource-Policy", "Content-Security-Policy" }
            .Select(name => answer.Headers.TryGetValues(name, out var values) ? string.Join(", ", values) : null);
        Assert.Equal(["nosniff", "no-referrer", "SAMEORIGIN", "same-origin", "default-src 'none'; frame-ancestors 'none'"], told);
        Assert.True(answer.Headers.CacheControl?.NoStore);
        Assert.False(answer.Headers.Contains("Server"));
    }
}
