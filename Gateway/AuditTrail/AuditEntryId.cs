using System.Globalization;
using NodaTime;
using OrleansBilling.Contracts.AuditTrail;
using OrleansBilling.Gateway.Requests;

namespace OrleansBilling.Gateway.AuditTrail;

/// <summary>Ids of entries (<c>3-17</c>: the 17th of partition 3), and cursors between them.</summary>
internal static class AuditEntryId
{
    public static string Of(AuditPlace place) => string.Create(CultureInfo.InvariantCulture, $"{place.Partition}-{place.Number}");

    /// <summary>Null for what is none.</summary>
    public static (int Partition, long Number)? Read(string id)
    {
        var dash = id.IndexOf('-', StringComparison.Ordinal);
        return dash > 0 && int.TryParse(id.AsSpan(0, dash), NumberStyles.None, CultureInfo.InvariantCulture, out var partition)
            && long.TryParse(id.AsSpan(dash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                ? (partition, number)
                : null;
    }

    public static string? Cursor(AuditPlace last) => Requests.Cursor.Encode(
        string.Create(CultureInfo.InvariantCulture, $"{last.At.ToUnixTimeTicks()}:{last.Partition}:{last.Number}"));

    /// <param name="cursor">Decoded; null for the beginning.</param>
    public static AuditPlace? Place(string? cursor)
    {
        if (cursor is null)
        {
            return null;
        }
        var parts = cursor.Split(':');
        return parts.Length == 3
            && long.TryParse(parts[0], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var ticks)
            && ticks > Instant.MinValue.ToUnixTimeTicks() && ticks < Instant.MaxValue.ToUnixTimeTicks()
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var partition)
            && long.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                ? new(Instant.FromUnixTimeTicks(ticks), partition, number)
                : throw Query.Fault("cursor", "Use the 'next' of the page before, as it was.");
    }
}
