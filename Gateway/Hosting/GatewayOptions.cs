using OrleansBilling.Gateway.Limits;

namespace OrleansBilling.Gateway;

/// <summary>Settings of the gateway, from the section <c>Gateway</c>.</summary>
public sealed class GatewayOptions
{
    /// <summary>Name of the section.</summary>
    public const string Section = "Gateway";

    /// <summary>Where HTTP/1.1 is served, over TLS also HTTP/2. Loopback by default: use TLS, here or in front, before opening it to
    /// a network.</summary>
    public string HttpUrl { get; set; } = "http://127.0.0.1:8080";

    /// <summary>Where gRPC is served over HTTP/2: with http:// without TLS (h2c). With https:// it may be the address above.</summary>
    public string GrpcUrl { get; set; } = "http://127.0.0.1:8081";

    /// <summary>An operator key chosen by the operator, at least 16 characters; null creates one at the first
    /// start.</summary>
    public string? BootstrapKey { get; set; }

    /// <summary>What a key and a tenant may use of this process.</summary>
    public GatewayLimits Limits { get; set; } = new();

    /// <summary>How long a call is tried again while its partition moves to another silo. Default 5 seconds.</summary>
    public TimeSpan RetryFor { get; set; } = TimeSpan.FromSeconds(5);
}
