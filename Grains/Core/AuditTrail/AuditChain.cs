using System.Security.Cryptography;

namespace OrleansBilling.Core.AuditTrail;

/// <summary>
/// The chain over the entries of an audit trail in one partition: each hash covers the one before it, so that an entry that was changed,
/// removed, inserted or moved is found by whoever knows the newest hash.
/// </summary>
/// <remarks>
/// <c>hash(n) = SHA-256(hash(n - 1) ‖ entry(n))</c>, with 32 zero bytes before the first; see docs/adr/0035. Hashes are written as 64
/// lower-case hexadecimal digits.
/// </remarks>
public static class AuditChain
{
    /// <summary>What comes before the first entry: 32 zero bytes.</summary>
    public static string Start { get; } = new('0', 2 * SHA256.HashSizeInBytes);

    /// <summary>The hash of an entry.</summary>
    /// <param name="previous">That of the entry before it, or <see cref="Start"/>.</param>
    /// <param name="entry">JSON; every byte counts.</param>
    /// <exception cref="FormatException">The hash before is not of hexadecimal digits.</exception>
    public static string Next(string previous, ReadOnlySpan<byte> entry)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Convert.FromHexString(previous));
        hash.AppendData(entry);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
