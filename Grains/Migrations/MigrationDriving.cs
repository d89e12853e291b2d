using OrleansBilling.Contracts.AuditTrail;
using OrleansBilling.Contracts.Common;
using OrleansBilling.Contracts.Migrations;
using OrleansBilling.Contracts.Subscriptions;
using OrleansBilling.Grains.Partitions;

namespace OrleansBilling.Grains.Migrations;

/// <summary>
/// Moves the subscriptions of a migration that was decided, some at once. Each is a change of the subscription under the migration's name,
/// so it is made once, whoever comes by: the caller, another caller, the regular work after a crash.
/// </summary>
internal static class MigrationDriving
{
    private const int AtOnce = 16;

    /// <param name="isOver">Asked between some and the next.</param>
    public static async Task Drive(Partition home, IGrainFactory grains, string tenant, string id, Func<bool> isOver)
    {
        // Who started the migration is in the audit trail; whoever comes by has not asked for its changes.
        ChangeCaller.Forget();
        while (!isOver() && await home.DoDurably(t => (t.State.Migrations(tenant).Find(id)!, t.State.Migrations(tenant).Left(id, AtOnce)))
            is var (view, left) && left.Length > 0)
        {
            var results = await Task.WhenAll(left.Select(item => Move(grains, tenant, view, item)));
            MigrationItem[] known = [.. results.OfType<MigrationItem>()];
            await home.DoDurably(t =>
            {
                if (known.Length > 0)
                {
                    t.Append(new MigrationProgressed(tenant, id, known));
                }
                return true;
            });
            if (known.Length == 0)
            {
                // All of them are being changed by somebody else; the regular work comes by again.
                return;
            }
        }
    }

    /// <summary>Drives what a crash, or a partition that was away, left undone.</summary>
    public static async Task DriveAll(Partition home, IGrainFactory grains)
    {
        foreach (var (tenant, id) in home.Do(t => t.State.Tenants
            .SelectMany(x => t.State.Migrations(x.Id).Applying.Select(m => (x.Id, m))).ToArray()))
        {
            await Drive(home, grains, tenant, id, () => false);
        }
    }

    /// <summary>Makes the change of one subscription; null when other changes come in between, and it is to be tried again.</summary>
    private static async Task<MigrationItem?> Move(IGrainFactory grains, string tenant, MigrationView migration, MigrationItem item)
    {
        var subscription = grains.GetGrain<ISubscriptionGrain>(EntityKey.Of(tenant, item.Subscription));
        var view = await subscription.Get();
        var change = MigrationView.ChangeId(migration.Spec.Id);
        if (view?.Changes?.FirstOrDefault(c => c.Id == change && (c.Plan, c.PlanVersion) == (migration.Spec.Plan, migration.ToVersion)) is { } made)
        {
            return item with { Outcome = MigrationOutcome.Scheduled, EffectiveAt = made.EffectiveAt, Error = null };
        }
        var result = await subscription.Change(MigrationRules.ChangeOf(migration.Spec, migration.ToVersion, view?.Overrides));
        return result.Succeeded
            ? item with { Outcome = MigrationOutcome.Scheduled, EffectiveAt = result.Value!.EffectiveAt, Error = null }
            : result.Errors[0].Code == "subscription.change_pending"
            ? null
            : item with { Outcome = MigrationOutcome.Refused, EffectiveAt = null, Error = result.Errors[0] };
    }
}
