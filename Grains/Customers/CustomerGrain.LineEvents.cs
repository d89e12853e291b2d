using System.Globalization;
using OrleansBilling.Contracts.Common;
using OrleansBilling.Contracts.Partitions;

namespace OrleansBilling.Grains.Customers;

/// <summary>From an invoice line back to its raw events: partition by partition, in order of position.</summary>
internal sealed partial class CustomerGrain
{
    public async Task<Page<RecordedUsage>?> LineEvents(string invoice, int line, string? cursor, int limit)
    {
        var home = await Home();
        var issued = home.Do(t => Issued(t, invoice));
        if (issued?.Read().Lines.ElementAtOrDefault(line - 1) is not { } wanted)
        {
            return null;
        }
        if (wanted.Agreement is not null)
        {
            // It is made of other lines, not of events.
            return new([], null);
        }
        var calendar = home.Do(t => Find(t)!.CalendarOf(wanted.Subscription));
        return calendar is null ? null : await Gather(
            home.PartitionCount,
            new(Key.Tenant, wanted.Subscription, wanted.ChargeId, calendar.IndexAt(wanted.PeriodStart), issued.BilledPeriods[line - 1], 0, limit,
                wanted.PeriodStart),
            cursor, limit);
    }

    private async Task<Page<RecordedUsage>> Gather(int partitions, LineEventsQuery query, string? cursor, int limit)
    {
        var (partition, after) = ParseCursor(cursor);
        var found = new List<RecordedUsage>();
        for (; partition < partitions; partition++, after = 0)
        {
            found.AddRange(await GrainFactory.GetGrain<IPartitionGrain>(partition)
                .LineEvents(query with { After = after, Limit = limit - found.Count }));
            if (found.Count >= limit)
            {
                return new([.. found], string.Create(CultureInfo.InvariantCulture, $"{partition}:{found[^1].Position}"));
            }
        }
        return new([.. found], null);
    }

    private static (int Partition, long After) ParseCursor(string? cursor) =>
        cursor?.Split(':') is [var p, var a]
        && int.TryParse(p, CultureInfo.InvariantCulture, out var partition)
        && long.TryParse(a, CultureInfo.InvariantCulture, out var after)
            ? (Math.Max(0, partition), after)
            : (0, 0);
}
