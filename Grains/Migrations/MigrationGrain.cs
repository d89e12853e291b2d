using System.Diagnostics;
using System.Text.Json;
using Orleans.Concurrency;
using OrleansBilling.Contracts.Common;
using OrleansBilling.Contracts.Migrations;
using OrleansBilling.Contracts.Partitions;
using OrleansBilling.Contracts.Pricing;
using OrleansBilling.Contracts.Serialization;
using OrleansBilling.Grains.Partitions;
using OrleansBilling.Grains.ReRating;

namespace OrleansBilling.Grains.Migrations;

/// <summary>A tenant's migrations: asked of every partition, kept beside the catalogue.</summary>
[Reentrant, GrainType("migrations"), PartitionPlacement]
internal sealed class MigrationGrain(PartitionHost host) : EntityGrain(host, EntityKind.Catalogue), IMigrationGrain
{
    /// <summary>Subscriptions of one migration: its preview is one record.</summary>
    public const int MaxSubscriptions = 10_000;

    /// <summary>How long a caller waits for results.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public async Task<CommandResult<MigrationView>> Preview(MigrationSpec spec)
    {
        var home = await Home();
        if (await home.DoDurably(t => t.State.Migrations(Key.Tenant).Find(spec.Id)) is { } known)
        {
            return JsonSerializer.Serialize(known.Spec, BillingJson.Options) == JsonSerializer.Serialize(spec, BillingJson.Options)
                ? CommandResult.Unchanged(known)
                : CommandResult.Conflict<MigrationView>("migration.exists", "This id names another migration.", "/id");
        }
        var (to, error) = await Versions(spec);
        if (to is null)
        {
            return error!.Code == "plan.unknown" && error.Pointer is null
                ? CommandResult.NotFound<MigrationView>(error.Code, error.Message)
                : CommandResult.Rejected<MigrationView>(error);
        }
        var query = new MigrationQuery(Key.Tenant, spec, to, MaxSubscriptions + 1);
        var found = await Task.WhenAll(Enumerable.Range(0, home.PartitionCount)
            .Select(p => GrainFactory.GetGrain<IPartitionGrain>(p).TryMigration(query)));
        MigrationItem[] items = [.. found.SelectMany(f => f).OrderBy(i => i.Subscription, StringComparer.Ordinal)];
        if (items.Length > MaxSubscriptions)
        {
            return CommandResult.Rejected<MigrationView>(new CommandError(
                "migration.too_many", $"More than {MaxSubscriptions} subscriptions; name customers or subscriptions, part by part.",
                "/subscriptions"));
        }
        return CommandResult.Created(await home.DoDurably(t =>
        {
            if (t.State.Migrations(Key.Tenant).Find(spec.Id) is null)
            {
                t.Append(new MigrationPreviewed(Key.Tenant, new(
                    spec, to.Plan.Version, MigrationStatus.Previewed, TenantOf(t, Key.Tenant).Now(home.Time), null, items)));
            }
            return t.State.Migrations(Key.Tenant).Find(spec.Id)!;
        }));
    }

    public async Task<CommandResult<MigrationView>> Apply(string plan, string id)
    {
        var home = await Home();
        var known = await home.DoDurably(t =>
        {
            var view = Find(t, plan, id);
            if (view?.Status == MigrationStatus.Previewed)
            {
                t.Append(new MigrationStarted(Key.Tenant, id, TenantOf(t, Key.Tenant).Now(home.Time)));
            }
            return view;
        });
        if (known is null)
        {
            return CommandResult.NotFound<MigrationView>("migration.unknown", $"Plan '{plan}' has no migration '{id}'.");
        }
        if (known.Status == MigrationStatus.Applied)
        {
            return CommandResult.Unchanged(known);
        }
        var began = Stopwatch.GetTimestamp();
        await MigrationDriving.Drive(home, GrainFactory, Key.Tenant, id, () => Stopwatch.GetElapsedTime(began) > Patience);
        return CommandResult.Updated(await home.DoDurably(t => Find(t, plan, id)!));
    }

    public async Task<MigrationView?> Get(string plan, string id) => await (await Home()).DoDurably(t => Find(t, plan, id));

    public async Task<Page<MigrationView>> List(string plan, string? after, int limit) => await (await Home()).DoDurably(t =>
    {
        MigrationView[] items = [.. t.State.Migrations(Key.Tenant).All
            .Where(m => m.Spec.Plan == plan && (after is null || string.CompareOrdinal(m.Spec.Id, after) > 0)).Take(limit + 1)];
        return items.Length > limit ? new Page<MigrationView>(items[..limit], items[limit - 1].Spec.Id) : new(items, null);
    });

    private MigrationView? Find(Partition.Turn t, string plan, string id) =>
        t.State.Migrations(Key.Tenant).Find(id) is { } view && view.Spec.Plan == plan ? view : null;

    /// <summary>The version that they get, or what is wrong.</summary>
    private async Task<(PlanTerms? To, CommandError? Error)> Versions(MigrationSpec spec)
    {
        var catalogue = GrainFactory.GetGrain<ICatalogueGrain>(Key.Tenant);
        if (await catalogue.GetPlan(spec.Plan, null) is null)
        {
            return (null, new("plan.unknown", $"There is no plan '{spec.Plan}'."));
        }
        if (await catalogue.GetPlan(spec.Plan, spec.FromVersion) is null)
        {
            return (null, new("plan.unknown", $"Plan '{spec.Plan}' has no version {spec.FromVersion}.", "/fromVersion"));
        }
        if (await catalogue.GetPlan(spec.Plan, spec.ToVersion) is not { } to || to.Version == spec.FromVersion)
        {
            return (null, new("plan.unknown", $"Plan '{spec.Plan}' has no other version {spec.ToVersion ?? spec.FromVersion}.", "/toVersion"));
        }
        return to.Definition.Phases.Count > 0
            ? (null, new(
                "migration.phases", "The version has phases, and a change of plan begins with the first: publish one without them for those that "
                + "have the plan already, or change subscriptions one by one.", "/toVersion"))
            : (await ReRatingDriving.Terms(catalogue, to), null);
    }
}
