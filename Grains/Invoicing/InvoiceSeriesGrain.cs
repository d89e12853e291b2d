using Orleans.Concurrency;
using OrleansBilling.Contracts.Invoicing;
using OrleansBilling.Contracts.Partitions;
using OrleansBilling.Grains.Partitions;
using OrleansBilling.Grains.Records;

namespace OrleansBilling.Grains.Invoicing;

/// <summary>Shell around one tenant's <see cref="InvoiceSeries"/>.</summary>
[Reentrant, GrainType("invoice-series"), PartitionPlacement]
internal sealed class InvoiceSeriesGrain(PartitionHost host)
    : EntityGrain(host, EntityKind.InvoiceSeries), IInvoiceSeriesGrain
{
    public async Task<string> Assign(string invoiceKey, string customer) => await (await Home()).DoDurably(t =>
    {
        var series = t.State.Series(Key.Tenant);
        if (series.NumberOf(invoiceKey) is { } known)
        {
            return known;
        }
        var number = series.NextNumber;
        t.Append(new NumberAssigned(Key.Tenant, invoiceKey, customer, number));
        return number;
    });

    public async Task<string?> FindCustomer(string id) =>
        await (await Home()).DoDurably(t => t.State.Series(Key.Tenant).CustomerOf(id));
}
