using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using OrleansBilling.Contracts.Common;

namespace OrleansBilling.Gateway.Usage;

/// <summary>
/// One id for the pair of source and id that identifies a CloudEvent. Different pairs never make the same id, and none
/// makes the id of an event without a source.
/// </summary>
/// <remarks>
/// <c>(source)id</c>, with <c>\</c> and <c>)</c> of the source escaped by <c>\</c>. An id without a source stays as it
/// is, unless it begins with <c>(</c>: then <c>()</c> goes in front. What would be longer than an id may be becomes
/// <c>(\#</c> SHA-256 <c>)</c>, which no escaped source can spell.
/// </remarks>
public static class EventIdentity
{
    private const string HashMark = @"(\#";

    /// <summary>The engine's id; <paramref name="source"/> null or empty means none.</summary>
    public static string Compose(string? source, string id)
    {
        if (string.IsNullOrEmpty(source))
        {
            return id.StartsWith('(') ? Fit("()", "", id) : id;
        }
        return Fit(Prefix(source), source, id);
    }

    /// <summary>The pair that made an id; a hashed one is answered as it is, without a source.</summary>
    public static (string? Source, string Id) Parse(string composed)
    {
        if (!composed.StartsWith('(') || composed.StartsWith(HashMark, StringComparison.Ordinal))
        {
            return (null, composed);
        }
        var source = new StringBuilder();
        for (var i = 1; i < composed.Length; i++)
        {
            if (composed[i] == ')')
            {
                return (source.Length == 0 ? null : source.ToString(), composed[(i + 1)..]);
            }
            i += composed[i] == '\\' ? 1 : 0;
            source.Append(i < composed.Length ? composed[i] : '\\');
        }
        return (null, composed);
    }

    /// <summary>What stands before the id: worth keeping while the source stays the same.</summary>
    public static string Prefix(string source) =>
        source.AsSpan().ContainsAny('\\', ')')
            ? $"({source.Replace(@"\", @"\\", StringComparison.Ordinal).Replace(")", @"\)", StringComparison.Ordinal)})"
            : $"({source})";

    /// <summary>Joins a prefix made by <see cref="Prefix"/>; the source is needed only where the result is too
    /// long.</summary>
    internal static string Fit(string prefix, string source, string id) =>
        prefix.Length + id.Length <= EntityId.MaxLength ? string.Concat(prefix, id) : Hashed(source, id);

    private static string Hashed(string source, string id)
    {
        // The length of the source ends it, so that no other pair has the same bytes.
        var bytes = Encoding.UTF8.GetBytes($"{source.Length}:{source}{id}");
        return $"{HashMark}{Base64Url.EncodeToString(SHA256.HashData(bytes))})";
    }
}
