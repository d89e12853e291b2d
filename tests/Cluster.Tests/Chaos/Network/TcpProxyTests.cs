using System.Net;
using System.Net.Sockets;
using OrleansBilling.Tests.Support;
using Xunit;

namespace OrleansBilling.Cluster.Tests.Chaos.Network;

/// <summary>The links that the nemesis breaks do what their faults are named after.</summary>
public sealed class TcpProxyTests : IAsyncLifetime, IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);
    private readonly CancellationTokenSource _limit = new(Limit);
    private readonly TcpListener _server = new(IPAddress.Loopback, 0);
    private TcpProxy _proxy = null!;

    public Task InitializeAsync()
    {
        _server.Start();
        _proxy = new TcpProxy("link", StablePorts.Next(), () => ((IPEndPoint)_server.LocalEndpoint).Port);
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        await _proxy.DisposeAsync();
    }

    public void Dispose()
    {
        _server.Dispose();
        _limit.Dispose();
    }

    [Fact]
    public async Task An_open_link_passes_both_ways_and_the_end()
    {
        using var caller = await ConnectAsync();
        using var server = await _server.AcceptSocketAsync(_limit.Token);
        await SendAsync(caller, 1);
        Assert.Equal(1, await ReceiveAsync(server));
        await SendAsync(server, 2);
        Assert.Equal(2, await ReceiveAsync(caller));
        caller.Shutdown(SocketShutdown.Send);
        Assert.Equal(-1, await ReceiveAsync(server));
    }

    [Fact]
    public async Task A_cut_resets_what_is_connected_and_what_connects()
    {
        using var before = await ConnectAsync();
        using var server = await _server.AcceptSocketAsync(_limit.Token);
        _proxy.Set(LinkState.Cut);
        await Assert.ThrowsAsync<SocketException>(() => ReceiveAsync(before));
        await Assert.ThrowsAsync<SocketException>(() => ReceiveAsync(server));
        await Assert.ThrowsAsync<SocketException>(async () =>
        {
            using var during = await ConnectAsync();
            await ReceiveAsync(during);
        });
        _proxy.Set(LinkState.Open);
        using var after = await ConnectAsync();
        using var again = await _server.AcceptSocketAsync(_limit.Token);
        await SendAsync(after, 3);
        Assert.Equal(3, await ReceiveAsync(again));
    }

    [Fact]
    public async Task Held_answers_arrive_when_the_hole_ends_while_requests_pass()
    {
        using var caller = await ConnectAsync();
        using var server = await _server.AcceptSocketAsync(_limit.Token);
        _proxy.Set(LinkState.HoldsAnswers);
        await SendAsync(server, 4);
        await SendAsync(caller, 5);
        Assert.Equal(5, await ReceiveAsync(server));
        var answer = ReceiveAsync(caller);
        Assert.False(answer.IsCompleted);
        _proxy.Set(LinkState.Open);
        Assert.Equal(4, await answer);
    }

    [Fact]
    public async Task A_hole_that_ends_in_a_reset_delivers_nothing_of_what_it_held()
    {
        using var caller = await ConnectAsync();
        using var server = await _server.AcceptSocketAsync(_limit.Token);
        _proxy.Set(LinkState.BlackHole);
        await SendAsync(caller, 6);
        _proxy.Set(LinkState.Open, reset: true);
        await Assert.ThrowsAsync<SocketException>(() => ReceiveAsync(server));
        await Assert.ThrowsAsync<SocketException>(() => ReceiveAsync(caller));
    }

    private async Task<Socket> ConnectAsync()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, _proxy.Port), _limit.Token);
        return socket;
    }

    private async Task SendAsync(Socket socket, byte value) => await socket.SendAsync(new[] { value }, _limit.Token);

    /// <returns>The byte, or -1 at the end.</returns>
    private async Task<int> ReceiveAsync(Socket socket)
    {
        var buffer = new byte[1];
        return await socket.ReceiveAsync(buffer, _limit.Token) == 0 ? -1 : buffer[0];
    }
}
