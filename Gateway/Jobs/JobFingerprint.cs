using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using OrleansBilling.Contracts.Jobs;
using OrleansBilling.Contracts.Serialization;

namespace OrleansBilling.Gateway.Jobs;

/// <summary>
/// Tells whether two jobs ask for the same: the same kind and items, in whatever form they were sent.
/// </summary>
internal static class JobFingerprint
{
    /// <summary>SHA-256 in hexadecimal.</summary>
    public static string Of(string kind, IEnumerable<JobItem> items)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(kind));
        foreach (var item in items)
        {
            hash.AppendData("\n"u8);
            hash.AppendData(JsonSerializer.SerializeToUtf8Bytes(item with { Line = 0 }, BillingJson.Options));
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
