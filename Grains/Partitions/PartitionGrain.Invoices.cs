using OrleansBilling.Contracts.Invoicing;
using OrleansBilling.Core.Invoicing;
using OrleansBilling.Grains.Customers;
using OrleansBilling.Grains.ExchangeRates;

namespace OrleansBilling.Grains.Partitions;

/// <summary>Invoices of all customers of this partition.</summary>
internal sealed partial class PartitionGrain
{
    public async Task<StoredDocument[]> SealedDocuments(string tenant, string? legalEntity, string? after, int limit)
    {
        var partition = await host.Acquire(Number);
        return await partition.DoDurably(t =>
        {
            var found = new List<StoredDocument>();
            foreach (var customer in CustomersAfter(t, tenant, after))
            {
                if (found.Count >= limit)
                {
                    break;
                }
                found.AddRange(customer.JournalItems.OfType<IssuedDocument>().Where(d => d.Seal is not null && d.LegalEntity == legalEntity)
                    .Select(d => new StoredDocument(customer.Spec.Id, d.Seal!, DocumentChain.HashOf(d.Document.Span))));
            }
            return found.ToArray();
        });
    }

    public async Task<DraftView[]> Drafts(string tenant, string? after, int limit)
    {
        var partition = await host.Acquire(Number);
        var issuers = await GrainFactory.GetGrain<IInvoiceSeriesGrain>(tenant).LegalEntities();
        return await KnownRates.Read(GrainFactory, tenant, rates => partition.DoDurably(t => CustomersAfter(t, tenant, null)
            .SelectMany(c => InvoiceDraft.AllOf(c, Issuer(issuers, c), partition, rates))
            .Where(d => string.CompareOrdinal(d.Place, after) > 0)
            .OrderBy(d => d.Place, StringComparer.Ordinal).Take(limit).ToArray()));
    }

    private static LegalEntitySpec? Issuer(LegalEntitySpec[] all, CustomerState customer) =>
        Array.Find(all, e => customer.Spec.LegalEntity is { } id ? e.Id == id : e.IsDefault);

    private static IEnumerable<CustomerState> CustomersAfter(Partition.Turn t, string tenant, string? after) => t.State.Customers.All
        .Where(c => c.Tenant.Id == tenant && (after is null || string.CompareOrdinal(c.Spec.Id, after) > 0))
        .OrderBy(c => c.Spec.Id, StringComparer.Ordinal);
}
