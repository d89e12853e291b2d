using System.Net;
using System.Net.Sockets;

namespace OrleansBilling.Gateway.Outgoing;

/// <summary>
/// Connects calls out of the gateway: resolves the name once, checks every address that comes back, and connects to one that it has checked.
/// Nobody asks the name again in between, so that another answer the second time (DNS rebinding) has no effect.
/// </summary>
internal sealed class OutgoingConnector(OutgoingOptions options, Func<string, CancellationToken, Task<IPAddress[]>>? resolve = null)
{
    private readonly Func<string, CancellationToken, Task<IPAddress[]>> _resolve = resolve ?? Dns.GetHostAddressesAsync;

    public async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancel)
    {
        var (host, port) = (context.DnsEndPoint.Host, context.DnsEndPoint.Port);
        var withTls = context.InitialRequestMessage.RequestUri?.Scheme == Uri.UriSchemeHttps;
        IPAddress[] found = IPAddress.TryParse(host, out var literal) ? [literal] : await _resolve(host, cancel);
        var checkedOnes = Array.FindAll(found, address => options.MayCall(address, withTls));
        if (checkedOnes.Length == 0)
        {
            throw Refused(host, found, withTls);
        }
        return await ConnectAsync(checkedOnes, port, cancel);
    }

    private static async Task<Stream> ConnectAsync(IPAddress[] addresses, int port, CancellationToken cancel)
    {
        for (var i = 0; ; i++)
        {
            var socket = new Socket(addresses[i].AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(new IPEndPoint(addresses[i], port), cancel);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch (SocketException) when (i + 1 < addresses.Length)
            {
                socket.Dispose();
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        }
    }

    private static OutgoingRefusedException Refused(string host, IPAddress[] found, bool withTls) => new(found.Length == 0
        ? $"'{host}' has no address."
        : $"'{host}' has the address {string.Join(", ", found.Select(a => a.ToString()))}, "
            + (withTls || found.All(SpecialAddresses.Has) ? "which is not of the public internet" : "and the call is without TLS")
            + $"; if it is meant to be called, add its network to {OutgoingOptions.Section}:AllowedNetworks.");
}
