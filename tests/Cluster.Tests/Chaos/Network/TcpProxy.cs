using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace OrleansBilling.Cluster.Tests.Chaos.Network;

/// <summary>
/// One link of the cluster, as a proxy on the loopback interface that can be cut, held or slowed. A hole holds bytes
/// instead of losing them, as TCP does: when it ends, what waited arrives late, or the connection is reset.
/// </summary>
internal sealed class TcpProxy : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<ProxiedConnection, bool> _connections = new();
    private readonly Gate _requests = new();
    private readonly Gate _answers = new();
    private readonly TcpListener _listener;
    private readonly Task _accepting;
    private volatile LinkState _state;
    private int _delayMs;

    /// <param name="name">For people.</param>
    /// <param name="port">On which it listens.</param>
    /// <param name="target">Asked at each new connection.</param>
    public TcpProxy(string name, int port, Func<int> target)
    {
        Name = name;
        Port = port;
        Target = target;
        _listener = new TcpListener(IPAddress.Loopback, port);
        _listener.Start(512);
        _accepting = Task.Run(AcceptAsync);
    }

    public string Name { get; }

    public int Port { get; }

    public Func<int> Target { get; }

    /// <summary>Each chunk of bytes waits this long, in both directions.</summary>
    public int DelayMs
    {
        get => Volatile.Read(ref _delayMs);
        set => Volatile.Write(ref _delayMs, value);
    }

    public LinkState State => _state;

    /// <summary>Changes what happens from now on.</summary>
    /// <param name="reset">Whether existing connections are reset too; a cut always does it.</param>
    public void Set(LinkState state, bool reset = false)
    {
        _state = state;
        if (reset || state == LinkState.Cut)
        {
            foreach (var connection in _connections.Keys)
            {
                connection.Reset();
            }
        }

        _requests.Set(state is not (LinkState.BlackHole or LinkState.HoldsRequests));
        _answers.Set(state is not (LinkState.BlackHole or LinkState.HoldsAnswers));
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        foreach (var connection in _connections.Keys)
        {
            connection.Reset();
        }

        await _accepting;
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            Socket socket;
            try
            {
                socket = await _listener.AcceptSocketAsync(_stop.Token);
            }
            catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                if (_stop.IsCancellationRequested)
                {
                    return;
                }

                continue;
            }

            _ = ServeAsync(new ProxiedConnection(socket));
        }
    }

    private async Task ServeAsync(ProxiedConnection connection)
    {
        _connections[connection] = true;
        try
        {
            if (_state != LinkState.Cut)
            {
                await _requests.PassAsync(_stop.Token);
                await connection.RunAsync(Target(), _requests, _answers, () => DelayMs, _stop.Token);
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // Either end is gone; so is the connection.
        }
        finally
        {
            _connections.TryRemove(connection, out _);
            connection.Reset();
        }
    }
}
