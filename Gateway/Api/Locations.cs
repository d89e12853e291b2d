namespace OrleansBilling.Gateway.Api;

/// <summary>Addresses of entities.</summary>
internal static class Locations
{
    public static string Of(string concepts, string id) => $"/v1/{concepts}/{Uri.EscapeDataString(id)}";
}
