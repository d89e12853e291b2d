using OrleansBilling.Contracts.Common;
using OrleansBilling.Core.Pricing;
using OrleansBilling.Core.Usage;

namespace OrleansBilling.Contracts.Pricing;

/// <summary>Meters and plans of one tenant; the key is the tenant's id.</summary>
[GrainInterfaceType("billing.catalogue")]
public interface ICatalogueGrain : IGrainWithStringKey
{
    /// <summary>
    /// Declares a meter. A meter never changes; the same content again is Unchanged, other content a Conflict.
    /// </summary>
    [Alias("define-meter")]
    Task<CommandResult<MeterDefinition>> DefineMeter(MeterDefinition meter);

    /// <summary>The meter, or null.</summary>
    [Alias("get-meter")]
    Task<MeterDefinition?> GetMeter(string meter);

    /// <summary>Meters by id, after the cursor.</summary>
    [Alias("list-meters")]
    Task<Page<MeterDefinition>> ListMeters(string? after, int limit);

    /// <summary>Publishes the next version of a plan; the content of the newest version again is Unchanged.</summary>
    [Alias("publish")]
    Task<CommandResult<PlanView>> Publish(PlanDefinition plan);

    /// <summary>What is wrong with a plan, as publishing it would say; empty when nothing is. Nothing is published.</summary>
    [Alias("check")]
    Task<CommandError[]> Check(PlanDefinition plan);

    /// <summary>
    /// A version of a plan, the newest when <paramref name="version"/> is null; null when there is none.
    /// </summary>
    [Alias("get-plan")]
    Task<PlanView?> GetPlan(string plan, int? version);

    /// <summary>The newest version of each plan by id, after the cursor.</summary>
    [Alias("list-plans")]
    Task<Page<PlanView>> ListPlans(string? after, int limit);
}
