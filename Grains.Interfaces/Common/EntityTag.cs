using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using OrleansBilling.Contracts.Serialization;

namespace OrleansBilling.Contracts.Common;

/// <summary>Tells whether an entity is as it was: the same tag for the same content, another one for any other.</summary>
/// <remarks>Processes of different versions may give one content two tags, while a cluster is upgraded.</remarks>
public static class EntityTag
{
    private const int Bytes = 16;

    /// <summary>22 characters of the base64url alphabet, without quotes.</summary>
    public static string Of<T>(T entity) =>
        Base64Url.EncodeToString(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(entity, BillingJson.Options)).AsSpan(0, Bytes));
}
