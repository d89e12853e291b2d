using Orleans.Concurrency;
using OrleansBilling.Contracts.Common;
using OrleansBilling.Contracts.Partitions;
using OrleansBilling.Contracts.Pricing;
using OrleansBilling.Core.Pricing;
using OrleansBilling.Core.Usage;
using OrleansBilling.Core.Validation;
using OrleansBilling.Grains.Partitions;
using OrleansBilling.Grains.Records;

namespace OrleansBilling.Grains.Pricing;

/// <summary>Shell around one tenant's <see cref="Catalogue"/>.</summary>
[Reentrant, GrainType("catalogue"), PartitionPlacement]
internal sealed class CatalogueGrain(PartitionHost host) : EntityGrain(host, EntityKind.Catalogue), ICatalogueGrain
{
    public async Task<CommandResult<MeterDefinition>> DefineMeter(MeterDefinition meter)
    {
        if (Errors(meter.Validate()) is { Length: > 0 } errors)
        {
            return CommandResult.Rejected<MeterDefinition>(errors);
        }
        return await (await Home()).DoDurably(t =>
        {
            if (t.State.Catalogue(Key.Tenant).Meter(meter.Id) is { } known)
            {
                return MeterJson.Serialize(known).AsSpan().SequenceEqual(MeterJson.Serialize(meter))
                    ? CommandResult.Unchanged(known)
                    : CommandResult.Conflict<MeterDefinition>(
                        "meter.exists", "This meter is declared with other content, and a meter never changes.", "/id");
            }
            t.Append(new MeterDefined(Key.Tenant, meter));
            return CommandResult.Created(meter);
        });
    }

    public async Task<MeterDefinition?> GetMeter(string meter) =>
        await (await Home()).DoDurably(t => t.State.Catalogue(Key.Tenant).Meter(meter));

    public async Task<Page<MeterDefinition>> ListMeters(string? after, int limit) =>
        await (await Home()).DoDurably(t => Page(t.State.Catalogue(Key.Tenant).Meters, m => m.Id, after, limit));

    public async Task<CommandResult<PlanView>> Publish(PlanDefinition plan)
    {
        var home = await Home();
        return await home.DoDurably(t =>
        {
            var catalogue = t.State.Catalogue(Key.Tenant);
            if (Errors(PlanValidator.Validate(plan, catalogue.Meter)) is { Length: > 0 } errors)
            {
                return CommandResult.Rejected<PlanView>(errors);
            }
            var newest = catalogue.Plan(plan.Id, null);
            if (newest is not null && PlanJson.Serialize(newest.Definition).AsSpan().SequenceEqual(PlanJson.Serialize(plan)))
            {
                return CommandResult.Unchanged(newest);
            }
            var now = TenantOf(t, Key.Tenant).Now(home.Time);
            var version = new PlanView(plan.Id, (newest?.Version ?? 0) + 1, now, plan);
            t.Append(new PlanPublished(Key.Tenant, version));
            return CommandResult.Created(version);
        });
    }

    public async Task<CommandError[]> Check(PlanDefinition plan) =>
        await (await Home()).DoDurably(t => Errors(PlanValidator.Validate(plan, t.State.Catalogue(Key.Tenant).Meter)));

    public async Task<PlanView?> GetPlan(string plan, int? version) =>
        await (await Home()).DoDurably(t => t.State.Catalogue(Key.Tenant).Plan(plan, version));

    public async Task<Page<PlanView>> ListPlans(string? after, int limit) =>
        await (await Home()).DoDurably(t => Page(t.State.Catalogue(Key.Tenant).Plans, p => p.Id, after, limit));

    private static CommandError[] Errors(IEnumerable<ValidationError> errors) =>
        [.. errors.Select(e => new CommandError(e.Code, e.Message, e.Pointer))];

    private static Page<T> Page<T>(IEnumerable<T> all, Func<T, string> id, string? after, int limit)
    {
        T[] items = [.. all.Where(e => after is null || string.CompareOrdinal(id(e), after) > 0).Take(limit + 1)];
        return items.Length > limit ? new(items[..limit], id(items[limit - 1])) : new(items, null);
    }
}
