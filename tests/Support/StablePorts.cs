using System.Net;
using System.Net.Sockets;

namespace OrleansBilling.Tests.Support;

/// <summary>
/// Ports for servers that are killed and started again on the same port: below those that the system gives to outgoing
/// connections, so that nobody takes one in between. None is given twice.
/// </summary>
public static class StablePorts
{
    private const int First = 12_000;
    private const int Count = 18_000;
    private static int _next = Environment.ProcessId * 37 % Count;

    public static int Next()
    {
        for (var attempt = 0; attempt < Count; attempt++)
        {
            var port = First + (int)((uint)Interlocked.Increment(ref _next) % Count);
            if (IsFree(port))
            {
                return port;
            }
        }
        throw new InvalidOperationException($"No port from {First} on is free.");
    }

    private static bool IsFree(int port)
    {
        using var listener = new TcpListener(IPAddress.Loopback, port);
        try
        {
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
