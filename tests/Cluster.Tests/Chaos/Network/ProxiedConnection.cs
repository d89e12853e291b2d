using System.Net;
using System.Net.Sockets;

namespace OrleansBilling.Cluster.Tests.Chaos.Network;

/// <summary>One connection through a proxy.</summary>
internal sealed class ProxiedConnection(Socket caller) : IDisposable
{
    private const int ChunkBytes = 64 * 1024;
    private readonly Socket _server = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    /// <summary>Forwards until both ends have finished, or one is lost.</summary>
    public async Task RunAsync(int port, Gate requests, Gate answers, Func<int> delayMs, CancellationToken cancel)
    {
        caller.NoDelay = _server.NoDelay = true;
        await _server.ConnectAsync(new IPEndPoint(IPAddress.Loopback, port), cancel);
        await Task.WhenAll(
            PumpAsync(caller, _server, requests, delayMs, cancel),
            PumpAsync(_server, caller, answers, delayMs, cancel));
    }

    /// <summary>Ends both halves with a reset, so that neither end mistakes it for an orderly close.</summary>
    public void Reset()
    {
        Abort(caller);
        Abort(_server);
    }

    public void Dispose() => Reset();

    private static void Abort(Socket socket)
    {
        try
        {
            socket.LingerState = new LingerOption(true, 0);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // It is closed already.
        }

        socket.Dispose();
    }

    private async Task PumpAsync(Socket from, Socket to, Gate gate, Func<int> delayMs, CancellationToken cancel)
    {
        var buffer = GC.AllocateUninitializedArray<byte>(ChunkBytes);
        try
        {
            int count;
            do
            {
                count = await from.ReceiveAsync(buffer, cancel);
                await gate.PassAsync(cancel);
                if (delayMs() is > 0 and var delay)
                {
                    await Task.Delay(delay, cancel);
                }

                await SendAllAsync(to, buffer.AsMemory(0, count), cancel);
            }
            while (count > 0);
        }
        catch (SocketException)
        {
            Reset();
            throw;
        }
    }

    private static async Task SendAllAsync(Socket to, ReadOnlyMemory<byte> bytes, CancellationToken cancel)
    {
        if (bytes.IsEmpty)
        {
            to.Shutdown(SocketShutdown.Send);
            return;
        }

        while (!bytes.IsEmpty)
        {
            bytes = bytes[await to.SendAsync(bytes, cancel)..];
        }
    }
}
