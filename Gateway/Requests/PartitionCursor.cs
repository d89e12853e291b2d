using System.Globalization;

namespace OrleansBilling.Gateway.Requests;

/// <summary>Where a listing stands that goes from partition to partition, in the order of their logs.</summary>
internal static class PartitionCursor
{
    public static string? Next(int partition, long position) => Cursor.Encode($"{partition}:{position}");

    /// <param name="cursor">Decoded; null for the beginning.</param>
    public static (int Partition, long After) Of(string? cursor)
    {
        if (cursor is null)
        {
            return (0, 0);
        }
        var parts = cursor.Split(':');
        return parts.Length == 2
            && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var partition)
            && long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var after)
            ? (partition, after)
            : throw Query.Fault("cursor", "Use the 'next' of the page before, as it was.");
    }
}
