using System.Security.Cryptography;
using System.Text;

namespace OrleansBilling.Gateway.Idempotency;

/// <summary>
/// Seals an answer that shows a secret with the API key that asked for it: what is stored opens nothing without that key, of which only a
/// hash is stored.
/// </summary>
/// <remarks>AES-256-GCM under a key of its own by HKDF-SHA256 (RFC 5869) with a random salt: salt, tag, ciphertext.</remarks>
internal static class SealedBody
{
    private const int SaltLength = 16;
    private const int TagLength = 16;
    private static readonly byte[] Purpose = "OrleansBilling idempotent answer"u8.ToArray();

    /// <summary>Every key is used once, so the nonce may be fixed.</summary>
    private static readonly byte[] Nonce = new byte[12];

    public static byte[] Seal(ReadOnlySpan<byte> body, string apiKey)
    {
        var box = new byte[SaltLength + TagLength + body.Length];
        RandomNumberGenerator.Fill(box.AsSpan(0, SaltLength));
        using var aes = Cipher(apiKey, box.AsSpan(0, SaltLength));
        aes.Encrypt(Nonce, body, box.AsSpan(SaltLength + TagLength), box.AsSpan(SaltLength, TagLength));
        return box;
    }

    /// <summary>The body; null when another key has sealed it.</summary>
    public static byte[]? Open(ReadOnlySpan<byte> box, string apiKey)
    {
        var body = new byte[box.Length - SaltLength - TagLength];
        using var aes = Cipher(apiKey, box[..SaltLength]);
        try
        {
            aes.Decrypt(Nonce, box[(SaltLength + TagLength)..], box.Slice(SaltLength, TagLength), body);
            return body;
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
    }

    private static AesGcm Cipher(string apiKey, ReadOnlySpan<byte> salt)
    {
        Span<byte> key = stackalloc byte[32];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(apiKey), key, salt, Purpose);
        return new(key, TagLength);
    }
}
