using System.Net;
using System.Net.Sockets;

namespace OrleansBilling.Gateway.Outgoing;

/// <summary>
/// Addresses that name no host of the public internet: whoever may say where a call goes must not reach this machine, its networks or its
/// metadata service through it.
/// </summary>
/// <remarks>
/// The IANA IPv4 and IPv6 Special-Purpose Address Registries (RFC 6890 and updates), multicast (RFC 5771, RFC 4291), and forms of IPv6 with an
/// IPv4 address inside (RFC 4291 2.5.5, RFC 3056, RFC 6052, RFC 4380), by which the first list could be passed by. Of IPv6 only what IANA
/// gives out as global unicast (2000::/3) is taken at all.
/// </remarks>
internal static class SpecialAddresses
{
    private static readonly IPNetwork GlobalUnicast = IPNetwork.Parse("2000::/3");

    private static readonly IPNetwork[] V4 = Parse(
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24",
        "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24", "192.168.0.0/16", "192.175.48.0/24", "198.18.0.0/15", "198.51.100.0/24",
        "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4");

    private static readonly IPNetwork[] V6 = Parse("2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20");

    /// <summary>Whether it is none of a public host.</summary>
    public static bool Has(IPAddress address) => address.AddressFamily switch
    {
        AddressFamily.InterNetwork => Array.Exists(V4, network => network.Contains(address)),
        AddressFamily.InterNetworkV6 => address.IsIPv4MappedToIPv6 || address.ScopeId != 0 || !GlobalUnicast.Contains(address) || Array.Exists(V6, network => network.Contains(address)),
        _ => true,
    };

    private static IPNetwork[] Parse(params string[] networks) => Array.ConvertAll(networks, network => IPNetwork.Parse(network));
}
