using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using NodaTime;
using OrleansBilling.Contracts.Tenants;

namespace OrleansBilling.Gateway.Auth;

/// <summary>
/// A token that opens one customer's data for a short time: <c>obp_</c>, what it says, a dot and a signature. It is signed with what the
/// directory keeps of the API key that made it, so that every process of the cluster can check it and none has to store it (ADR 0032).
/// </summary>
/// <param name="Tenant">Whose customer it is.</param>
/// <param name="MadeBy">Id of the API key.</param>
/// <param name="Customer">The only customer whose data it opens.</param>
/// <param name="Until">From when on it opens nothing; whole seconds.</param>
internal sealed record PortalToken(string Tenant, string MadeBy, string Customer, Instant Until)
{
    private const string Mark = "obp_";
    private const int LongestToken = 2_048;
    private static readonly byte[] Purpose = "OrleansBilling portal token 1"u8.ToArray();

    /// <summary>Whether a text looks like one.</summary>
    public static bool HasForm(string text) => 
        text.Length <= LongestToken && text.StartsWith(Mark, StringComparison.Ordinal) && text.Contains('.', StringComparison.Ordinal);

    /// <summary>The token; null when the text is none. Whether it was signed by the key that it names must still be checked.</summary>
    public static PortalToken? Read(string text)
    {
        if (!HasForm(text))
        {
            return null;
        }
        var dot = text.IndexOf('.', StringComparison.Ordinal);
        try
        {
            return JsonSerializer.Deserialize<PortalTokenText>(Base64Url.DecodeFromChars(text.AsSpan(Mark.Length, dot - Mark.Length))) is
                { T: { } tenant, K: { } key, C: { } customer, E: var until } && until is > 0 and < 253_402_300_799
                ? new(tenant, key, customer, Instant.FromUnixTimeSeconds(until))
                : null;
        }
        catch (Exception broken) when (broken is FormatException or JsonException)
        {
            return null;
        }
    }

    /// <summary>Whether the key signed exactly this text.</summary>
    public static bool IsSigned(string text, ApiKeyRecord key)
    {
        var dot = text.LastIndexOf('.');
        Span<byte> shown = stackalloc byte[HMACSHA256.HashSizeInBytes];
        return text.Length - dot - 1 == Base64Url.GetEncodedLength(shown.Length)
            && Base64Url.TryDecodeFromChars(text.AsSpan(dot + 1), shown, out var length) && length == shown.Length
            && CryptographicOperations.FixedTimeEquals(shown, Signature(text.AsSpan(0, dot), key));
    }

    /// <summary>The token as text, signed by the key.</summary>
    public string SignedBy(ApiKeyRecord key)
    {
        var said = JsonSerializer.SerializeToUtf8Bytes(new PortalTokenText(Tenant, MadeBy, Customer, Until.ToUnixTimeSeconds()));
        var body = Mark + Base64Url.EncodeToString(said);
        return $"{body}.{Base64Url.EncodeToString(Signature(body, key))}";
    }

    /// <summary>HMAC-SHA256 under a key of its own by HKDF (RFC 5869) from the hash of the API key, which has 256 random bits.</summary>
    private static byte[] Signature(ReadOnlySpan<char> body, ApiKeyRecord key)
    {
        var secret = HKDF.DeriveKey(HashAlgorithmName.SHA256, Convert.FromHexString(key.Sha256), HMACSHA256.HashSizeInBytes, null, Purpose);
        return HMACSHA256.HashData(secret, Encoding.ASCII.GetBytes(body.ToArray()));
    }

    private sealed record PortalTokenText(string? T, string? K, string? C, long E);
}
