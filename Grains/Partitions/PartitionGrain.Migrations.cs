using OrleansBilling.Contracts.Migrations;
using OrleansBilling.Grains.Migrations;
using OrleansBilling.Grains.Subscriptions;

namespace OrleansBilling.Grains.Partitions;

/// <summary>Which of this partition's subscriptions a migration concerns.</summary>
internal sealed partial class PartitionGrain
{
    public async Task<MigrationItem[]> TryMigration(MigrationQuery query)
    {
        var partition = await host.Acquire(Number);
        return await partition.DoDurably(t => t.State.Tenant(query.Tenant) is { } tenant
            ? t.State.Subscriptions.All.Where(s => s.Tenant == tenant && Wants(query.Spec, s))
                .Select(s => MigrationRules.Item(s, query.Spec, query.To, tenant.Now(partition.Time))).OfType<MigrationItem>()
                .Take(query.Limit).ToArray()
            : []);
    }

    private static bool Wants(MigrationSpec spec, SubscriptionState subscription) =>
        (spec.Customers.Length == 0 || spec.Customers.Contains(subscription.View.Customer, StringComparer.Ordinal))
        && (spec.Subscriptions.Length == 0 || spec.Subscriptions.Contains(subscription.View.Id, StringComparer.Ordinal));
}
