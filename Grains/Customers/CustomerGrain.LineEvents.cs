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
        if (home.Do(t => Issued(t, invoice)?.Invoice.Lines.ElementAtOrDefault(line - 1)?.Agreement is not null))
        {
            // It is made of other lines, not of events.
            return new([], null);
        }
        var query = home.Do(t =>
        {
            if (Issued(t, invoice) is not { } issued || line < 1 || line > issued.Invoice.Lines.Length)
            {
                return null;
            }
            var wanted = issued.Invoice.Lines[line - 1];
            var calendar = Find(t)!.CalendarOf(wanted.Subscription);
            return calendar is null ? null : new LineEventsQuery(
                Key.Tenant, wanted.Subscription, wanted.ChargeId, calendar.IndexAt(wanted.PeriodStart),
                issued.BilledPeriods[line - 1], 0, limit, wanted.PeriodStart);
        });
        return query is null ? null : await Gather(home.PartitionCount, query, cursor, limit);
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
