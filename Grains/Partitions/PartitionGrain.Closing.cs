using System.Runtime.ExceptionServices;
using NodaTime;
using OrleansBilling.Contracts.Common;
using OrleansBilling.Contracts.Customers;
using OrleansBilling.Contracts.Partitions;
using OrleansBilling.Grains.Customers;
using OrleansBilling.Grains.Records;
using OrleansBilling.Grains.Subscriptions;

namespace OrleansBilling.Grains.Partitions;

/// <summary>
/// Closing of periods: statement, customer, number, invoice. Every step is a fact of its own and may be repeated.
/// </summary>
internal sealed partial class PartitionGrain
{
    private const int AtOnce = 64;

    /// <summary>Why closing failed when it was last tried, by tenant; for the report of bill runs.</summary>
    private readonly Dictionary<string, (string Problem, Instant At)> _closingFailures = new(StringComparer.Ordinal);

    public async Task CloseDue(string tenant)
    {
        var partition = await host.Acquire(Number);
        try
        {
            await _closing.Run(async () =>
            {
                await HearFromAll(partition, GrainFactory, tenant);
                ClosePeriods(partition, tenant);
                await DeliverStatements(partition, tenant);
                await IssueDue(partition, tenant);
            });
            _closingFailures.Remove(tenant);
        }
        catch (Exception e)
        {
            _closingFailures[tenant] = (e.Message, Instant.FromDateTimeOffset(_time.GetUtcNow()));
            throw;
        }
    }

    private async Task CloseAllDue()
    {
        var partition = await host.Acquire(Number);
        foreach (var tenant in partition.Do(t => t.State.Tenants.Where(x => x.TestNow is null).Select(x => x.Id).ToArray()))
        {
            await CloseDue(tenant);
        }
    }

    /// <summary>
    /// When something could be due but the low watermark is behind, asks every partition for what it has not told.
    /// </summary>
    internal static async Task HearFromAll(Partition partition, IGrainFactory grains, string tenant)
    {
        var behind = partition.Do(t => t.State.Tenant(tenant) is { } copy
            && t.State.Subscriptions.LowWatermark(tenant) is var low
            && low < copy.SealedThrough
            && t.State.Subscriptions.Due(copy, copy.SealedThrough).Any());
        if (behind)
        {
            await Task.WhenAll(Enumerable.Range(0, partition.PartitionCount)
                .Select(p => grains.GetGrain<IPartitionGrain>(p).FlushTo(partition.Number, partition.Epoch)));
        }
    }

    internal static void ClosePeriods(Partition partition, string tenant)
    {
        // One subscription a turn: usage goes on between them. What falls due meanwhile is found by another look.
        while (partition.Do(t => DueNow(t, tenant)) is { Length: > 0 } due)
        {
            foreach (var subscription in due)
            {
                partition.Do(t => CloseEnded(t, subscription));
            }
        }
    }

    private static SubscriptionState[] DueNow(Partition.Turn turn, string tenant) => turn.State.Tenant(tenant) is { } copy
        ? [.. turn.State.Subscriptions.Due(copy, turn.State.Subscriptions.LowWatermark(tenant))]
        : [];

    private static void CloseEnded(Partition.Turn turn, SubscriptionState subscription)
    {
        var through = turn.State.Subscriptions.LowWatermark(subscription.Tenant.Id);
        PeriodTotals? totals = null;
        while (subscription.NextEnd() <= through)
        {
            totals ??= subscription.Totals();
            turn.Append(new PeriodClosed(StatementLines.Statement(subscription, subscription.ClosedThrough + 1, totals)));
        }
    }

    private async Task DeliverStatements(Partition partition, string tenant)
    {
        var waiting = await partition.DoDurably(t => t.State.Tenant(tenant) is { } copy
            ? t.State.Subscriptions.All.Where(s => s.Tenant == copy && s.Undelivered.Count > 0)
                .Select(s => s.Undelivered.Values.ToArray()).ToArray()
            : []);
        await ForEach(waiting, statements => DeliverInOrder(partition, tenant, statements));
    }

    /// <summary>Does what can be done; a failure of one holds up no other and is thrown at the end.</summary>
    private static async Task ForEach<T>(T[] items, Func<T, Task> work)
    {
        Exception? failure = null;
        foreach (var some in items.Chunk(AtOnce))
        {
            try
            {
                await Task.WhenAll(some.Select(work));
            }
            catch (Exception e)
            {
                failure = e;
            }
        }
        if (failure is not null)
        {
            ExceptionDispatchInfo.Throw(failure);
        }
    }

    private async Task DeliverInOrder(Partition partition, string tenant, PeriodStatement[] statements)
    {
        foreach (var statement in statements)
        {
            await GrainFactory.GetGrain<ICustomerGrain>(EntityKey.Of(tenant, statement.Customer)).TakeStatement(statement);
            partition.Do(t => t.Append(new StatementDelivered(tenant, statement.Subscription, statement.Period)));
        }
    }

    /// <summary>Issues what a crash may have left between the last statement and the invoice, and lets grants expire.</summary>
    private async Task IssueDue(Partition partition, string tenant)
    {
        var customers = partition.Do(t => t.State.Customers.All
            .Where(c => c.Tenant.Id == tenant && (c.Due().Any() || c.ExpiryDue().Any())).Select(c => c.Spec.Id).ToArray());
        await ForEach(customers, customer => InvoiceIssuing.IssueDue(partition, GrainFactory, tenant, customer));
    }
}
