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

    public Task<DraftView[]> Drafts(string tenant, string? after, int limit) =>
        FindDrafts(new(tenant, null, null, null, IsHeld: false, after, limit));

    public async Task<DraftView[]> FindDrafts(DraftQuery query)
    {
        var partition = await host.Acquire(Number);
        var issuers = await GrainFactory.GetGrain<IInvoiceSeriesGrain>(query.Tenant).LegalEntities();
        // Where a draft is in the list is known before it is made.
        return await KnownRates.Read(GrainFactory, query.Tenant, rates => partition.DoDurably(t => CustomersAfter(t, query.Tenant, null)
            .SelectMany(c => c.Due().Select(due => (Customer: c, due.PeriodEnd, due.Statements, Id: InvoiceDraft.IdOf(c, due.PeriodEnd))))
            .Where(d => query.From is not { } from || d.PeriodEnd >= from)
            .Where(d => query.To is not { } to || d.PeriodEnd < to)
            .Select(d => (d.Customer, d.PeriodEnd, d.Statements, d.Id, Place: DraftView.PlaceOf(d.Customer.Spec.Id, d.Id)))
            .Where(d => string.CompareOrdinal(d.Place, query.After) > 0)
            .OrderBy(d => d.Place, StringComparer.Ordinal)
            .Select(d => InvoiceDraft.Of(d.Customer, d.PeriodEnd, d.Statements, Issuer(issuers, d.Customer), partition, rates).ToView(d.Id))
            .Where(d => query.Hold is { } hold ? Array.Exists(d.Holds, h => h.Code == hold) : !query.IsHeld || d.Holds.Length > 0)
            .Take(query.Limit).ToArray()));
    }

    private static LegalEntitySpec? Issuer(LegalEntitySpec[] all, CustomerState customer) =>
        Array.Find(all, e => customer.Spec.LegalEntity is { } id ? e.Id == id : e.IsDefault);

    private static IEnumerable<CustomerState> CustomersAfter(Partition.Turn t, string tenant, string? after) => t.State.Customers.All
        .Where(c => c.Tenant.Id == tenant && (after is null || string.CompareOrdinal(c.Spec.Id, after) > 0))
        .OrderBy(c => c.Spec.Id, StringComparer.Ordinal);
}
