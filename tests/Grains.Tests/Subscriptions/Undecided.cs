using Microsoft.Extensions.DependencyInjection;
using OrleansBilling.Contracts.Pricing;
using OrleansBilling.Contracts.Subscriptions;
using OrleansBilling.Core.Usage;
using OrleansBilling.Grains.Partitions;
using OrleansBilling.Grains.Records;

namespace OrleansBilling.Grains.Tests.Subscriptions;

/// <summary>Leaves a change of plan as a silo leaves it that dies right after it has logged the request.</summary>
internal sealed class Undecided(BillingCluster cluster, int owner)
{
    public async Task RequestAsync(string tenant, string subscription, SubscriptionChangeSpec spec)
    {
        var catalogue = cluster.Grains.GetGrain<ICatalogueGrain>(tenant);
        var plan = (await catalogue.GetPlan(spec.Plan!, spec.PlanVersion))!;
        var meters = new List<MeterDefinition>();
        foreach (var meter in plan.Definition.Charges.Select(c => c.Meter).OfType<string>().Distinct())
        {
            meters.Add((await catalogue.GetMeter(meter))!);
        }
        await cluster.Services.GetRequiredService<PartitionHost>().Find(owner)!.DoDurably(t =>
        {
            t.Append(new PlanLearned(tenant, plan, [.. meters]));
            t.Append(new ChangeRequested(tenant, subscription, new(spec, spec.At!.Value, spec.At.Value, plan.Version, null)));
            return true;
        });
    }
}
