using OrleansBilling.Contracts.Auditing;
using OrleansBilling.Contracts.Partitions;
using OrleansBilling.Grains.Auditing;
using OrleansBilling.Grains.Subscriptions;

namespace OrleansBilling.Grains.Partitions;

/// <summary>This partition's part of an audit.</summary>
internal sealed partial class PartitionGrain
{
    public async Task<UsageAudit> AuditUsage(string tenant)
    {
        var partition = await host.Acquire(Number);
        var (recount, live, upTo) = await partition.DoDurably(t =>
        {
            var devices = t.State.Devices;
            var owner = t.State.Tenant(tenant)
                ?? throw new PartitionUnavailableException($"Tenant '{tenant}' is not known to partition {Number} yet.");
            return (
                new UsageRecount(
                    owner, [.. devices.Devices], [.. devices.Meters], [.. devices.Terms], devices.Corrections.EventIds(),
                    devices.Corrections.Periods(devices.TermsOf)),
                devices.Terms.Where(e => e.Tenant.Id == tenant).SelectMany(e => e.Slices).Select(s => s.ToSlice()).ToArray(),
                t.NextLsn - 1);
        });
        var first = (await host.Store.ReadPositionAsync(Number, CancellationToken.None)).FirstLsn;
        if (first > 1)
        {
            recount.Findings.Add(new(
                "archive.trimmed", $"partition {Number}", "raw usage from position 1", $"raw usage from position {first}"));
            return new([], 0, 0, [.. recount.Findings]);
        }
        await foreach (var segment in host.Store.ReadAsync(Number, 1, CancellationToken.None))
        {
            foreach (var record in segment)
            {
                if (record.Lsn <= upTo)
                {
                    recount.Read(record);
                }
            }
        }
        recount.Compare(live);
        return new(recount.Slices(), recount.Events, recount.Quarantined, [.. recount.Findings]);
    }

    public async Task<StatementAudit> AuditStatements(string tenant, string? customer, Slice[] recomputed)
    {
        var partition = await host.Acquire(Number);
        var totals = recomputed.GroupBy(s => s.Subscription).ToDictionary(g => g.Key, g =>
        {
            var sums = new PeriodTotals();
            foreach (var slice in g)
            {
                sums.Add(slice.UsagePeriod, slice.BilledPeriod, slice.Segment, slice.Buckets, slice.Aggregates, slice.From, slice.Corrected);
            }
            return sums;
        });
        return await partition.DoDurably(t =>
        {
            SubscriptionState[] audited = [.. t.State.Subscriptions.All
                .Where(s => s.Tenant.Id == tenant && (customer is null || s.View.Customer == customer))];
            return new StatementAudit(
                [.. audited.SelectMany(s => Statements(s, totals.GetValueOrDefault(s.View.Id) ?? new()))], audited.Length, []);
        });
    }

    public async Task<InvoiceAudit> AuditInvoices(string tenant, string? customer, PeriodStatement[] recomputed)
    {
        var partition = await host.Acquire(Number);
        var statements = recomputed.ToLookup(s => s.Customer);
        return await partition.DoDurably(t =>
        {
            var audited = t.State.Customers.All
                .Where(c => c.Tenant.Id == tenant && (customer is null || c.Spec.Id == customer)).ToArray();
            return new InvoiceAudit(
                audited.Sum(c => c.Invoices.Count),
                [.. audited.SelectMany(c => InvoiceComparison.Compare(c, statements[c.Spec.Id]).Concat(JournalComparison.Compare(c)))]);
        });
    }

    /// <summary>Periods that are closed and told to the customer.</summary>
    private static IEnumerable<PeriodStatement> Statements(SubscriptionState subscription, PeriodTotals totals)
    {
        for (var index = subscription.FirstPeriod; index <= subscription.ClosedThrough; index++)
        {
            if (subscription.Undelivered.ContainsKey(index))
            {
                continue;
            }
            var period = subscription.Calendar.Period(index);
            yield return new(
                subscription.Tenant.Id, subscription.View.Id, subscription.View.Customer, index, period.Start, period.End,
                StatementLines.Of(subscription, index, totals));
        }
    }
}
