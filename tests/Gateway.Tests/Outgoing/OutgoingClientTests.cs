using System.Diagnostics;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using OrleansBilling.Gateway.Outgoing;
using Xunit;

namespace OrleansBilling.Gateway.Tests.Outgoing;

/// <summary>Calls over real sockets to a server on this machine, which nobody outside could mean.</summary>
public sealed class OutgoingClientTests : IAsyncLifetime
{
    private const string Loopback = "127.0.0.0/8";
    private WebApplication _server = null!;
    private int _calls;
    private int _port;

    public async Task InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        _server = builder.Build();
        _server.Use((context, next) =>
        {
            Interlocked.Increment(ref _calls);
            return next(context);
        });
        _server.MapGet("/", () => "here");
        _server.MapGet("/away", () => Results.Redirect("/"));
        _server.MapGet("/long", () => new string('x', 100_000));
        _server.MapGet("/endless", EndlessAsync);
        await _server.StartAsync();
        _port = new Uri(_server.Urls.Single()).Port;
    }

    public Task DisposeAsync() => _server.DisposeAsync().AsTask();

    [Theory]
    [InlineData("http://127.0.0.1:{0}/")]
    [InlineData("https://127.0.0.1:{0}/")]
    [InlineData("http://localhost:{0}/")]
    [InlineData("https://localhost:{0}/")]
    [InlineData("http://2130706433:{0}/")]
    [InlineData("http://0x7f000001:{0}/")]
    [InlineData("http://0177.0.0.1:{0}/")]
    [InlineData("http://127.1:{0}/")]
    [InlineData("http://[::1]:{0}/")]
    [InlineData("http://[::ffff:127.0.0.1]:{0}/")]
    [InlineData("https://[::ffff:7f00:1]:{0}/")]
    [InlineData("https://[64:ff9b::7f00:1]:{0}/")]
    [InlineData("https://[2002:7f00:1::1]:{0}/")]
    [InlineData("http://0.0.0.0:{0}/")]
    public async Task An_address_of_this_machine_is_refused_however_it_is_written(string address)
    {
        using var client = Client([]);
        var refused = await Assert.ThrowsAsync<HttpRequestException>(() => client.GetAsync(Address(address)));
        Assert.IsType<OutgoingRefusedException>(refused.InnerException);
        Assert.Equal(0, _calls);
    }

    [Fact]
    public async Task A_network_that_was_allowed_is_called_and_no_other()
    {
        using var client = Client([Loopback]);
        Assert.Equal("here", await client.GetStringAsync(Address("http://127.0.0.1:{0}/")));
        Assert.Equal("here", await client.GetStringAsync(Address("http://localhost:{0}/")));
        await RefusedAsync(client, "http://[::ffff:127.0.0.1]:{0}/");
        await RefusedAsync(client, "http://10.0.0.1:{0}/");
    }

    [Fact]
    public async Task A_name_is_asked_once_and_only_addresses_that_were_checked_are_called()
    {
        var asked = 0;
        using var client = Client(["127.0.0.1/32"], (_, _) => Task.FromResult(
            Interlocked.Increment(ref asked) == 1 ? [IPAddress.Parse("127.0.0.2"), IPAddress.Loopback] : new[] { IPAddress.Parse("127.0.0.2") }));
        Assert.Equal("here", await client.GetStringAsync(Address("http://rebinding.example:{0}/")));
        Assert.Equal(1, asked);
    }

    [Fact]
    public async Task A_name_with_a_private_address_is_refused_and_so_is_a_public_one_without_tls()
    {
        using var inside = Client([], (_, _) => Task.FromResult(new[] { IPAddress.Parse("10.1.2.3"), IPAddress.Parse("fd00::1") }));
        Assert.Contains("10.1.2.3", await RefusedAsync(inside, "https://internal.example:{0}/"), StringComparison.Ordinal);
        using var open = Client([], (_, _) => Task.FromResult(new[] { IPAddress.Parse("93.184.216.34") }));
        Assert.Contains("without TLS", await RefusedAsync(open, "http://public.example:{0}/"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_redirect_is_an_answer_and_is_not_followed()
    {
        using var client = Client([Loopback]);
        using var answer = await client.GetAsync(Address("http://127.0.0.1:{0}/away"));
        Assert.Equal((HttpStatusCode.Found, 1), (answer.StatusCode, _calls));
    }

    [Theory]
    [InlineData(HttpCompletionOption.ResponseContentRead)]
    [InlineData(HttpCompletionOption.ResponseHeadersRead)]
    public async Task An_answer_that_is_too_long_or_too_slow_fails(HttpCompletionOption wanted)
    {
        using var client = Client([Loopback]);
        await Assert.ThrowsAsync<HttpRequestException>(() => client.GetAsync(Address("http://127.0.0.1:{0}/long"), wanted));
        var started = Stopwatch.GetTimestamp();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.GetAsync(Address("http://127.0.0.1:{0}/endless"), wanted));
        Assert.True(Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(20));
    }

    [Fact]
    public void A_network_that_is_none_is_named_at_the_start()
    {
        var refused = Assert.Throws<GatewayConfigurationException>(() => Options(["10.0.0.0/33"]));
        Assert.Contains("'10.0.0.0/33'", refused.Message, StringComparison.Ordinal);
    }

    private async Task<string> RefusedAsync(HttpClient client, string address) => Assert.IsType<OutgoingRefusedException>(
        (await Assert.ThrowsAsync<HttpRequestException>(() => client.GetAsync(Address(address)))).InnerException).Message;

    private Uri Address(string pattern) => new(string.Format(System.Globalization.CultureInfo.InvariantCulture, pattern, _port));

    private static async Task EndlessAsync(HttpContext context)
    {
        while (!context.RequestAborted.IsCancellationRequested)
        {
            await context.Response.WriteAsync("x", context.RequestAborted);
            await Task.Delay(50, context.RequestAborted);
        }
    }

    private static HttpClient Client(string[] allowed, Func<string, CancellationToken, Task<IPAddress[]>>? resolve = null) =>
        new OutgoingClients(Options(allowed), resolve).Create(TimeSpan.FromSeconds(3), 50_000);

    private static OutgoingOptions Options(string[] allowed) => OutgoingOptions.From(new ConfigurationBuilder().AddInMemoryCollection(
        allowed.Select((network, i) => KeyValuePair.Create($"{OutgoingOptions.Section}:AllowedNetworks:{i}", (string?)network))).Build());
}
