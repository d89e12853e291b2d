using NodaTime;
using OrleansBilling.Contracts.Accounting;
using OrleansBilling.Core.Accounting;
using OrleansBilling.Grains.Customers;

namespace OrleansBilling.Grains.Partitions;

/// <summary>Journals of all customers of this partition; see docs/adr/0043.</summary>
internal sealed partial class PartitionGrain
{
    private const int MaxAccountingEntries = 1_001;

    public async Task<AccountingEntry[]> AccountingEntries(AccountingQuery query)
    {
        var partition = await host.Acquire(Number);
        if (query.AfterCustomer is null)
        {
            await SealPrepared(partition, query.Tenant);
        }
        return await partition.DoDurably(t => t.State.Customers.All
            .Where(c => c.Tenant.Id == query.Tenant && (query.Currency is null || c.Spec.Currency == query.Currency)
                && string.CompareOrdinal(c.Spec.Id, query.AfterCustomer) >= 0)
            .OrderBy(c => c.Spec.Id, StringComparer.Ordinal)
            .SelectMany(c => CustomerAccounting.Entries(c, query.From, query.To, c.Spec.Id == query.AfterCustomer ? query.AfterNumber : 0))
            .Take(Math.Clamp(query.Limit, 1, MaxAccountingEntries)).ToArray());
    }

    public async Task<TrialBalanceLine[]> AccountTotals(string tenant, Instant from, Instant to)
    {
        var partition = await host.Acquire(Number);
        await SealPrepared(partition, tenant);
        return await partition.DoDurably(t =>
        {
            var balance = new TrialBalance();
            foreach (var customer in t.State.Customers.All.Where(c => c.Tenant.Id == tenant))
            {
                CustomerAccounting.Add(customer, from, to, balance);
            }
            return balance.Lines.ToArray();
        });
    }

    /// <summary>What is prepared was posted already, and is in the journal when it has its number.</summary>
    private async Task SealPrepared(Partition partition, string tenant)
    {
        var customers = partition.Do(t => t.State.Customers.All
            .Where(c => c.Tenant.Id == tenant && c.Unsealed().Any()).Select(c => c.Spec.Id).ToArray());
        await ForEach(customers, customer => InvoiceIssuing.SealAll(partition, GrainFactory, tenant, customer));
    }
}
