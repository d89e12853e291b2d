using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using OrleansBilling.Contracts.Serialization;
using OrleansBilling.Grains.Records;

namespace OrleansBilling.Grains.AuditTrail;

/// <summary>An entity as an entry has it: compact, and never longer than <see cref="MaxBytes"/>.</summary>
internal static class AuditJson
{
    /// <summary>What is longer is cut, and says so.</summary>
    public const int MaxBytes = 32 * 1024;

    private const int StartChars = 4_096;

    public static RawJson? Of(object? view)
    {
        if (view is null or RawJson)
        {
            return (RawJson?)view;
        }
        var whole = JsonSerializer.SerializeToUtf8Bytes(view, view.GetType(), BillingJson.Options);
        return new(whole.Length <= MaxBytes ? whole : JsonSerializer.SerializeToUtf8Bytes(Cut(whole), BillingJson.Options));
    }

    private static AuditCut Cut(byte[] whole)
    {
        var text = Encoding.UTF8.GetString(whole);
        var end = char.IsHighSurrogate(text[StartChars - 1]) ? StartChars - 1 : StartChars;
        return new(true, whole.Length, Convert.ToHexStringLower(SHA256.HashData(whole)), text[..end]);
    }

    /// <param name="Bytes">Of the whole.</param>
    /// <param name="Sha256">Of the whole.</param>
    /// <param name="Start">Of its text.</param>
    private sealed record AuditCut(bool Cut, int Bytes, string Sha256, string Start);
}
