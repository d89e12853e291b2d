using OrleansBilling.Contracts.Invoicing;
using OrleansBilling.Grains.Customers;
using OrleansBilling.Grains.ExchangeRates;
using OrleansBilling.Grains.Invoicing;

namespace OrleansBilling.Grains.Partitions;

/// <summary>How far the billing of periods is.</summary>
internal sealed partial class PartitionGrain
{
    /// <summary>Entities that are looked at in one turn; usage goes on between turns.</summary>
    private const int LookedAtOnce = 1_000;

    /// <summary>Drafts that are made in one turn; with taxes each takes a while.</summary>
    private const int MadeAtOnce = 50;

    public async Task<BillRunPart> BillRun(BillRunQuery query)
    {
        var partition = await host.Acquire(Number);
        var issuers = await GrainFactory.GetGrain<IInvoiceSeriesGrain>(query.Tenant).LegalEntities();
        var known = await partition.DoDurably(t => t.State.Tenant(query.Tenant) is { } copy
            ? (Tally: new BillRunTally(query, copy.Now(partition.Time), copy.Grace, t.State.Subscriptions.LowWatermark(query.Tenant)),
                Subscriptions: t.State.Subscriptions.All.Where(s => s.Tenant == copy).ToArray(),
                Customers: CustomersAfter(t, query.Tenant, null).ToArray())
            : throw new Contracts.Partitions.PartitionUnavailableException($"Tenant '{query.Tenant}' is not known to the partition yet; try again."));
        foreach (var some in known.Subscriptions.Chunk(LookedAtOnce))
        {
            partition.Do(_ => Array.ForEach(some, known.Tally.Add));
            await Task.Yield();
        }
        foreach (var some in known.Customers.Chunk(LookedAtOnce))
        {
            partition.Do(_ => Array.ForEach(some, known.Tally.Add));
            await Task.Yield();
        }
        var waiting = partition.Do(_ => Array.FindAll(known.Customers, c => c.Due().Any(d => known.Tally.IsIn(d.PeriodEnd))));
        foreach (var some in waiting.Chunk(MadeAtOnce))
        {
            var drafts = await KnownRates.Read(GrainFactory, query.Tenant, rates => Task.FromResult(partition.Do(_ =>
                some.SelectMany(c => Drafts(known.Tally, c, Issuer(issuers, c), partition, rates)).ToArray())));
            Array.ForEach(drafts, known.Tally.Add);
            await Task.Yield();
        }
        return known.Tally.ToPart(Number, _closingFailures.TryGetValue(query.Tenant, out var failure) ? failure : null);
    }

    private static IEnumerable<DraftView> Drafts(
        BillRunTally tally, CustomerState customer, LegalEntitySpec? issuer, Partition partition, KnownRates rates) => customer.Due()
        .Where(due => tally.IsIn(due.PeriodEnd))
        .Select(due => InvoiceDraft.Of(customer, due.PeriodEnd, due.Statements, issuer, partition, rates).ToView(""));
}
