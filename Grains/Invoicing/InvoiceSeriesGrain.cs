using Orleans.Concurrency;
using OrleansBilling.Contracts.Common;
using OrleansBilling.Contracts.Invoicing;
using OrleansBilling.Contracts.Partitions;
using OrleansBilling.Core.Invoicing;
using OrleansBilling.Grains.Partitions;
using OrleansBilling.Grains.Records;

namespace OrleansBilling.Grains.Invoicing;

/// <summary>Shell around one tenant's <see cref="InvoiceSeries"/>.</summary>
[Reentrant, GrainType("invoice-series"), PartitionPlacement]
internal sealed partial class InvoiceSeriesGrain(PartitionHost host)
    : EntityGrain(host, EntityKind.InvoiceSeries), IInvoiceSeriesGrain
{
    private const int PageSize = 1_000;

    public async Task<string> Assign(string invoiceKey, string customer) => await (await Home()).DoDurably(t =>
    {
        var series = t.State.Series(Key.Tenant);
        if (series.NumberOf(invoiceKey) is { } known)
        {
            return known;
        }
        var number = series.NextNumber(null, DocumentKind.Invoice);
        t.Append(new NumberAssigned(Key.Tenant, invoiceKey, customer, number));
        return number;
    });

    public async Task<string?> FindCustomer(string id) =>
        await (await Home()).DoDurably(t => t.State.Series(Key.Tenant).CustomerOf(id));

    public async Task<DocumentSeal> Seal(SealRequest request) => await (await Home()).DoDurably(t =>
    {
        var series = t.State.Series(Key.Tenant);
        if (series.SealOf(request.Key) is { } known)
        {
            return known.DocumentHash == request.DocumentHash
                ? known
                : throw new InvalidOperationException($"{known.Number} is sealed for other bytes; it never changes.");
        }
        if (request.LegalEntity is { } id && series.Find(id) is null)
        {
            throw new InvalidOperationException($"There is no legal entity '{id}'.");
        }
        var number = series.NumberOf(request.Key) ?? series.NextNumber(request.LegalEntity, request.Kind);
        var link = DocumentChain.Next(series.Chain(request.LegalEntity).Head, request.DocumentHash, number);
        t.Append(new NumberAssigned(
            Key.Tenant, request.Key, request.Customer, number, request.Kind, request.LegalEntity, request.DocumentHash, link));
        return series.SealOf(request.Key)!;
    });

    public async Task<CommandResult<LegalEntitySpec>> SetLegalEntity(LegalEntitySpec spec) => await (await Home()).DoDurably(t =>
    {
        _ = TenantOf(t, Key.Tenant);
        var series = t.State.Series(Key.Tenant);
        var known = series.Find(spec.Id);
        if (known is not null && LegalEntityRules.Same(known, spec))
        {
            return CommandResult.Unchanged(known);
        }
        if (LegalEntityRules.Faults(spec, series) is { Length: > 0 } faults)
        {
            return CommandResult.Rejected<LegalEntitySpec>(faults);
        }
        t.Append(new LegalEntitySet(Key.Tenant, spec));
        return known is null ? CommandResult.Created(spec) : CommandResult.Updated(spec);
    });

    public async Task<LegalEntitySpec?> LegalEntity(string id) =>
        await (await Home()).DoDurably(t => t.State.Series(Key.Tenant).Find(id));

    public async Task<LegalEntitySpec[]> LegalEntities() =>
        await (await Home()).DoDurably(t => t.State.Series(Key.Tenant).LegalEntities.ToArray());

    public async Task<LegalEntitySpec?> Issuer(string? legalEntity) =>
        await (await Home()).DoDurably(t => t.State.Series(Key.Tenant).Issuer(legalEntity));

    public async Task<ChainReport> Verify(string? legalEntity)
    {
        var home = await Home();
        var verification = new ChainVerification(legalEntity);
        // The documents are asked for after the chain: each of them was durable before it was sealed.
        for (var after = 0L; await Chain(legalEntity, after, PageSize) is { Length: > 0 } entries; after += entries.Length)
        {
            Array.ForEach(entries, verification.Take);
        }
        for (var p = 0; p < home.PartitionCount; p++)
        {
            var partition = GrainFactory.GetGrain<IPartitionGrain>(p);
            string? customer = null;
            while (await partition.SealedDocuments(Key.Tenant, legalEntity, customer, PageSize) is { Length: > 0 } documents)
            {
                Array.ForEach(documents, verification.Take);
                customer = documents[^1].Customer;
            }
        }
        return verification.Report();
    }

    public async Task<ChainEntry[]> Chain(string? legalEntity, long after, int limit) =>
        await (await Home()).DoDurably(t => t.State.Series(Key.Tenant).Chain(legalEntity).Entries(after, limit).ToArray());
}
