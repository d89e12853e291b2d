using OrleansBilling.Contracts.Common;
using OrleansBilling.Contracts.Partitions;
using OrleansBilling.Gateway.Requests;

namespace OrleansBilling.Gateway.Api;

/// <summary>Looks through the quarantine, partition after partition, for what fits its filters.</summary>
/// <param name="Device">Only of this device; null for all.</param>
/// <param name="Meter">Only of this meter; null for all.</param>
/// <param name="Reason">Only with this reason; null for all.</param>
internal sealed record QuarantineSearch(string Tenant, string? Device, string? Meter, string? Reason)
{
    /// <summary>Events that one call looks at.</summary>
    public const int MostExamined = 10_000;

    private const int ExaminedAtOnce = 500;

    /// <summary>What fits, at most <paramref name="limit"/>, and where to go on.</summary>
    /// <param name="cursor">Decoded; null for the beginning.</param>
    /// <returns>The cursor is null at the end. A page may be short, or empty, and yet not be the last.</returns>
    public async Task<(List<RecordedUsage> Found, string? Next)> FindAsync(
        IPartitionGrain[] partitions, string? cursor, int limit, CancellationToken cancel)
    {
        var (number, after) = PartitionCursor.Of(cursor);
        var last = partitions.Length - 1;
        if (Device is not null)
        {
            last = EntityId.IsValid(Device) ? PartitionMap.Of(EntityKind.Device, Tenant, Device, partitions.Length) : -1;
            (number, after) = number == last ? (last, after) : (Math.Max(0, last), 0);
        }
        var found = new List<RecordedUsage>();
        for (var examined = 0; number <= last;)
        {
            var page = await partitions[number].Quarantine(Tenant, Device, after, ExaminedAtOnce).WaitAsync(cancel);
            foreach (var usage in page.Where(Fits))
            {
                if (found.Count == limit)
                {
                    return (found, PartitionCursor.Next(found[^1].Partition, found[^1].Position));
                }
                found.Add(usage);
            }
            examined += page.Length;
            (number, after) = page.Length < ExaminedAtOnce ? (number + 1, 0) : (number, page[^1].Position);
            if (examined >= MostExamined && number <= last)
            {
                return (found, PartitionCursor.Next(number, after));
            }
        }
        return (found, null);
    }

    private bool Fits(RecordedUsage usage) =>
        (Meter is null || usage.Meter == Meter) && (Reason is null || usage.Reason == Reason);
}
