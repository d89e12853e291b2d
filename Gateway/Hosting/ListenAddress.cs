using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace OrleansBilling.Gateway.Hosting;

/// <summary>One address of the gateway: <c>http://</c> an IP address, <c>localhost</c>, <c>*</c> or <c>+</c>, and a port.</summary>
internal sealed record ListenAddress(string Setting, string Url, IPAddress Address, int Port)
{
    public static ListenAddress Parse(string setting, string url)
    {
        var text = url.Replace("://*", "://0.0.0.0", StringComparison.Ordinal)
            .Replace("://+", "://0.0.0.0", StringComparison.Ordinal)
            .Replace("://localhost", "://127.0.0.1", StringComparison.OrdinalIgnoreCase);
        return Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme == Uri.UriSchemeHttp
            && uri.PathAndQuery == "/" && IPAddress.TryParse(uri.Host.Trim('[', ']'), out var address)
            ? new(setting, url, address, uri.Port)
            : throw new GatewayConfigurationException(
                $"{setting} is '{url}'. Write it as http://ADDRESS:PORT with an IP address, for example "
                + "http://127.0.0.1:8080 or, to listen on every address, http://0.0.0.0:8080.");
    }

    public void Listen(KestrelServerOptions kestrel, HttpProtocols protocols) =>
        kestrel.Listen(Address, Port, listen => listen.Protocols = protocols);
}
