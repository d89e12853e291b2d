using System.Net;

namespace OrleansBilling.Gateway.Outgoing;

/// <summary>Where calls out of the gateway may go; from the section <c>Gateway:Outgoing</c>.</summary>
public sealed class OutgoingOptions
{
    /// <summary>Name of the section.</summary>
    public const string Section = "Gateway:Outgoing";

    private IPNetwork[] _allowed = [];

    /// <summary>
    /// Networks, such as <c>10.2.0.0/16</c> or <c>::1/128</c>, that may be called although they are not of the public internet. Only there
    /// may a call be without TLS.
    /// </summary>
    public string[] AllowedNetworks { get; set; } = [];

    /// <summary>The settings.</summary>
    /// <exception cref="GatewayConfigurationException">A network is none.</exception>
    internal static OutgoingOptions From(IConfiguration configuration)
    {
        var options = configuration.GetSection(Section).Get<OutgoingOptions>() ?? new();
        options._allowed = [.. options.AllowedNetworks.Where(text => !string.IsNullOrEmpty(text)).Select(text => IPNetwork.TryParse(text, out var network)
            ? network
            : throw new GatewayConfigurationException(
                $"{Section}:AllowedNetworks has '{text}'; write networks as 10.2.0.0/16 or fd00:2::/64."))];
        return options;
    }

    /// <summary>Whether the address is in a network that was allowed by name; never one of IPv4 in the form of IPv6.</summary>
    internal bool IsAllowed(IPAddress address) => !address.IsIPv4MappedToIPv6 && Array.Exists(_allowed, network => network.Contains(address));

    /// <summary>Whether a call may go there.</summary>
    /// <param name="withTls">Without, it may go to networks only that were allowed by name.</param>
    internal bool MayCall(IPAddress address, bool withTls) => IsAllowed(address) || (withTls && !SpecialAddresses.Has(address));
}
