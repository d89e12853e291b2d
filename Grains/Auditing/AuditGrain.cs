using Orleans.Concurrency;
using OrleansBilling.Contracts.Auditing;
using OrleansBilling.Contracts.Partitions;
using OrleansBilling.Grains.Partitions;

namespace OrleansBilling.Grains.Auditing;

/// <summary>
/// Audits in three steps: raw log to slices in every partition, slices to statements where subscriptions live,
/// statements to
/// invoices where customers live.
/// </summary>
[Reentrant, GrainType("audit")]
internal sealed class AuditGrain(PartitionHost host) : Grain, IAuditGrain
{
    private const int MaxFindings = 1_000;

    public async Task<AuditReport> Run(string? customer)
    {
        var tenant = this.GetPrimaryKeyString();
        var count = host.PartitionCount;
        var usage = new List<UsageAudit>();
        for (var p = 0; p < count; p++)
        {
            // One after the other: an audit reads the whole archive and must not starve the usage path.
            usage.Add(await Partition(p).AuditUsage(tenant));
        }
        var slices = usage.SelectMany((u, p) => u.Slices.Select(s => s with { From = p }))
            .ToLookup(s => PartitionMap.Of(EntityKind.Subscription, tenant, s.Subscription, count));
        var statements = await Task.WhenAll(Enumerable.Range(0, count)
            .Select(p => Partition(p).AuditStatements(tenant, customer, [.. slices[p]])));
        var recomputed = statements.SelectMany(s => s.Statements)
            .ToLookup(s => PartitionMap.Of(EntityKind.Customer, tenant, s.Customer, count));
        var invoices = await Task.WhenAll(Enumerable.Range(0, count)
            .Select(p => Partition(p).AuditInvoices(tenant, customer, [.. recomputed[p]])));
        AuditFinding[] findings =
        [
            .. usage.SelectMany(u => u.Findings)
                .Concat(statements.SelectMany(s => s.Findings))
                .Concat(invoices.SelectMany(i => i.Findings))
                .Take(MaxFindings),
        ];
        return new(
            findings.Length == 0, usage.Sum(u => u.Events), usage.Sum(u => u.Quarantined), statements.Sum(s => s.Subscriptions),
            statements.Sum(s => s.Statements.Length), invoices.Sum(i => i.Invoices), findings);
    }

    private IPartitionGrain Partition(int number) => GrainFactory.GetGrain<IPartitionGrain>(number);
}
