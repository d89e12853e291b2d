using System.Globalization;
using OrleansBilling.Contracts.Common;
using OrleansBilling.Contracts.Partitions;
using OrleansBilling.Core.Invoicing;

namespace OrleansBilling.Grains.Customers;

/// <summary>From an invoice line back to its raw events: partition by partition, in order of position.</summary>
internal sealed partial class CustomerGrain
{
    /// <summary>Kinds of lines that raw events may be behind.</summary>
    private static readonly string[] OfUsage = ["usage", LateUsage.Kind, LateUsage.CorrectionKind, LateUsage.ReRatingKind];

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
        var query = home.Do(t => QueryOf(Find(t)!, wanted, issued.BilledPeriods[line - 1]));
        return query is null ? null : await Gather(home.PartitionCount, query with { Limit = limit }, cursor, limit);
    }

    public async Task<LineEventsQuery?[]?> LineQueries(string invoice) => (await Home()).Do(t => Issued(t, invoice) is { } issued
        ? issued.Read().Lines.Zip(issued.BilledPeriods, (line, billed) =>
            line.Agreement is null && OfUsage.Contains(line.Kind) ? QueryOf(Find(t)!, line, billed) : null).ToArray()
        : null);

    /// <summary>Null where the customer has no such subscription.</summary>
    private LineEventsQuery? QueryOf(CustomerState customer, InvoiceLine line, int billed) => customer.CalendarOf(line.Subscription) is { } calendar
        ? new(Key.Tenant, line.Subscription, line.ChargeId, calendar.IndexAt(line.PeriodStart), billed, 0, 0, line.PeriodStart)
        : null;

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
