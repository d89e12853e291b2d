using System.Text;

namespace OrleansBilling.Gateway.Auth;

/// <summary>The API key that a request shows: <c>Authorization: Bearer KEY</c>, or HTTP Basic with the key as password.</summary>
internal static class PresentedKey
{
    private const string Bearer = "Bearer ";
    private const string Basic = "Basic ";

    /// <summary>The key; null when there is none.</summary>
    public static string? Of(HttpRequest request)
    {
        var header = request.Headers.Authorization.ToString();
        if (header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase))
        {
            return header[Bearer.Length..].Trim();
        }
        return header.StartsWith(Basic, StringComparison.OrdinalIgnoreCase) && !ComesFromAnotherSite(request)
            ? Password(header[Basic.Length..].Trim())
            : null;
    }

    /// <summary>A browser sends remembered Basic credentials with whatever another site makes it do.</summary>
    private static bool ComesFromAnotherSite(HttpRequest request) =>
        !HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method)
        && request.Headers["Sec-Fetch-Site"].ToString() is "cross-site" or "same-site";

    private static string? Password(string encoded)
    {
        Span<byte> bytes = stackalloc byte[ApiKey.MaxLength * 2];
        if (!Convert.TryFromBase64String(encoded, bytes, out var length))
        {
            return null;
        }
        var pair = Encoding.UTF8.GetString(bytes[..length]);
        var colon = pair.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? null : pair[(colon + 1)..];
    }
}
