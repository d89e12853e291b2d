using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace OrleansBilling.Gateway.Hosting;

/// <summary>One address of the gateway: <c>http://</c> or <c>https://</c>, an IP address, <c>localhost</c>, <c>*</c> or <c>+</c>, and a
/// port.</summary>
internal sealed record ListenAddress(string Setting, string Url, IPAddress Address, int Port, bool Tls)
{
    public static ListenAddress Parse(string setting, string url)
    {
        var text = url.Replace("://*", "://0.0.0.0", StringComparison.Ordinal)
            .Replace("://+", "://0.0.0.0", StringComparison.Ordinal)
            .Replace("://localhost", "://127.0.0.1", StringComparison.OrdinalIgnoreCase);
        return Uri.TryCreate(text, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps)
            && uri.PathAndQuery == "/" && IPAddress.TryParse(uri.Host.Trim('[', ']'), out var address)
            ? new(setting, url, address, uri.Port, uri.Scheme == Uri.UriSchemeHttps)
            : throw new GatewayConfigurationException(
                $"{setting} is '{url}'. Write it as http://ADDRESS:PORT or https://ADDRESS:PORT with an IP address, for example "
                + "http://127.0.0.1:8080 or, to listen on every address, http://0.0.0.0:8080.");
    }

    /// <summary>Tries the address before anything starts, to say which setting to change when it is taken.</summary>
    public void RequireFree()
    {
        try
        {
            using var listener = new TcpListener(Address, Port);
            listener.Start();
        }
        catch (SocketException error)
        {
            var variable = Setting.Replace(":", "__", StringComparison.Ordinal);
            throw new GatewayConfigurationException(
                $"Cannot listen on {Url}: {Reason(error)}. Stop what uses it, or set {Setting} to another address, "
                + $"for example with the environment variable {variable}={(Tls ? "https" : "http")}://127.0.0.1:{Another(Port)}.",
                error);
        }
    }

    public void Listen(KestrelServerOptions kestrel, HttpProtocols protocols) =>
        kestrel.Listen(Address, Port, listen =>
        {
            listen.Protocols = protocols;
            if (Tls)
            {
                listen.UseHttps(https => https.SslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13);
            }
        });

    private static string Reason(SocketException error) => error.SocketErrorCode switch
    {
        SocketError.AddressAlreadyInUse => "the port is already in use",
        SocketError.AccessDenied => "this user may not use that port",
        SocketError.AddressNotAvailable => "this machine does not have that address",
        _ => error.Message,
    };

    private static int Another(int port) => port is > 1024 and < 65_000 ? port + 100 : 8180;
}
