using OrleansBilling.Core.Devices;

namespace OrleansBilling.Gateway.Api;

/// <summary>An identifier that an event named.</summary>
internal sealed record IdentifierAnswer(string Kind, string Value)
{
    /// <summary>That of a key; null for none.</summary>
    public static IdentifierAnswer? Of(string? key)
    {
        if (key is null)
        {
            return null;
        }
        var (kind, value) = DeviceIdentifier.OfKey(key);
        return new(kind, value);
    }
}
