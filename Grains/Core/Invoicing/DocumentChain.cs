using System.Security.Cryptography;
using System.Text;

namespace OrleansBilling.Core.Invoicing;

/// <summary>
/// The chain over the invoices and credit notes of one legal entity: each link hashes the link before it, so that a document that was
/// changed, removed, inserted or moved is found by whoever knows the newest link.
/// </summary>
/// <remarks>
/// <c>link(n) = SHA-256(link(n - 1) ‖ SHA-256(document(n)) ‖ UTF-8(number(n)))</c>, with 32 zero bytes before the first; see
/// docs/adr/0041. Hashes are written as 64 lower-case hexadecimal digits.
/// </remarks>
public static class DocumentChain
{
    /// <summary>What comes before the first document: 32 zero bytes.</summary>
    public static string Start { get; } = new('0', 2 * SHA256.HashSizeInBytes);

    /// <summary>SHA-256 of a document's bytes.</summary>
    public static string HashOf(ReadOnlySpan<byte> document) => Convert.ToHexStringLower(SHA256.HashData(document));

    /// <summary>The link of a document.</summary>
    /// <param name="previous">The link before it, or <see cref="Start"/>.</param>
    /// <param name="documentHash">As <see cref="HashOf"/> says.</param>
    /// <param name="number">Of the document.</param>
    /// <exception cref="FormatException">A hash is not of 64 hexadecimal digits.</exception>
    public static string Next(string previous, string documentHash, string number)
    {
        ArgumentNullException.ThrowIfNull(previous);
        ArgumentNullException.ThrowIfNull(documentHash);
        ArgumentNullException.ThrowIfNull(number);
        var text = Encoding.UTF8.GetBytes(number);
        var link = new byte[(2 * SHA256.HashSizeInBytes) + text.Length];
        Read(previous, link.AsSpan(0, SHA256.HashSizeInBytes));
        Read(documentHash, link.AsSpan(SHA256.HashSizeInBytes, SHA256.HashSizeInBytes));
        text.CopyTo(link, 2 * SHA256.HashSizeInBytes);
        return HashOf(link);
    }

    private static void Read(string hash, Span<byte> into)
    {
        if (hash.Length != 2 * SHA256.HashSizeInBytes)
        {
            throw new FormatException($"A hash has 64 hexadecimal digits, not {hash.Length}.");
        }
        Convert.FromHexString(hash).CopyTo(into);
    }
}
