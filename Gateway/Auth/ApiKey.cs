using System.IO.Hashing;
using System.Security.Cryptography;
using System.Text;

namespace OrleansBilling.Gateway.Auth;

/// <summary>
/// The form of API keys: <c>ob_</c>, 8 characters to tell keys apart, <c>_</c>, 43 characters of secret (256 bits) and
/// 6 of checksum, all base 62. The checksum finds mistyped keys, and lets scanners find leaked ones, without asking
/// anybody.
/// </summary>
public static class ApiKey
{
    /// <summary>Shortest key an operator may choose for itself.</summary>
    public const int MinChosenLength = 16;

    /// <summary>Longest key that is looked at.</summary>
    public const int MaxLength = 256;

    private const string Mark = "ob_";
    private const int NameLength = 8;
    private const int SecretLength = 43;
    private const int ChecksumLength = 6;
    private const int Length = 3 + NameLength + 1 + SecretLength + ChecksumLength;
    private const string Alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    /// <summary>A new key; it cannot be had again from what is kept of it.</summary>
    public static string Create()
    {
        var name = RandomNumberGenerator.GetString(Alphabet, NameLength);
        var body = $"{Mark}{name}_{RandomNumberGenerator.GetString(Alphabet, SecretLength)}";
        return body + Checksum(body);
    }

    /// <summary>False for a key of our form that was mistyped; keys of other forms were chosen by an
    /// operator.</summary>
    public static bool MayExist(string key) =>
        key.Length is >= MinChosenLength and <= MaxLength
        && (!HasOurForm(key) || key.EndsWith(Checksum(key[..^ChecksumLength]), StringComparison.Ordinal));

    /// <summary>What is kept of a key: lower-case hex SHA-256.</summary>
    /// <remarks>The secret has 256 random bits, so one round is enough: there is nothing to guess.</remarks>
    public static string Hash(string key)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(key), hash);
        return Convert.ToHexStringLower(hash);
    }

    /// <summary>The first characters, for people; of a chosen key so few that they give nothing away.</summary>
    public static string Prefix(string key) => HasOurForm(key) ? key[..(Mark.Length + NameLength)] : key[..4];

    private static bool HasOurForm(string key) =>
        key.Length == Length && key.StartsWith(Mark, StringComparison.Ordinal) && key[Mark.Length + NameLength] == '_';

    private static string Checksum(string body)
    {
        var rest = Crc32.HashToUInt32(Encoding.UTF8.GetBytes(body));
        return string.Create(ChecksumLength, rest, (text, value) =>
        {
            for (var i = text.Length - 1; i >= 0; i--, value /= (uint)Alphabet.Length)
            {
                text[i] = Alphabet[(int)(value % (uint)Alphabet.Length)];
            }
        });
    }
}
