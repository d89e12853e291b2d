using OrleansBilling.Contracts.Pricing;
using OrleansBilling.Core.Pricing;
using OrleansBilling.Core.Usage;
using OrleansBilling.Gateway.Auth;
using OrleansBilling.Gateway.Problems;
using OrleansBilling.Gateway.Requests;

namespace OrleansBilling.Gateway.Api;

/// <summary>Meters and plans.</summary>
internal static class CatalogueEndpoints
{
    public static async Task<IResult> DefineMeterAsync(HttpContext context, IGrainFactory grains)
    {
        var parsed = MeterJson.Parse(await JsonBody.ReadDocumentAsync(context, BodyLimit.Other));
        var meter = parsed.Meter ?? throw new ProblemException(CoreProblem.Of(parsed.Errors));
        return CommandAnswer.Of(
            await Catalogue(context, grains).DefineMeter(meter), Locations.Of("meters", meter.Id), MeterAnswer.Of);
    }

    public static async Task<IResult> GetMeterAsync(HttpContext context, IGrainFactory grains)
    {
        var id = context.PathId("meter");
        return await Catalogue(context, grains).GetMeter(id) is { } meter
            ? ApiJson.Entity(MeterAnswer.Of(meter))
            : new ProblemResult(Problem.NotFound("meter", id));
    }

    public static async Task<IResult> ListMetersAsync(HttpContext context, IGrainFactory grains) =>
        Listing.Of(
            await Catalogue(context, grains).ListMeters(Query.After(context), Query.Limit(context)), MeterAnswer.Of);

    public static async Task<IResult> PublishPlanAsync(HttpContext context, IGrainFactory grains)
    {
        var body = await DefinitionBody.ReadAsync(context, BodyLimit.Plan);
        var parsed = PlanJson.Parse(body.Json);
        var plan = parsed.Plan ?? throw new ProblemException(body.Place(CoreProblem.Of(parsed.Errors)));
        return CommandAnswer.Of(
            await Catalogue(context, grains).Publish(plan), Locations.Of("plans", plan.Id), PlanAnswer.Of, body.Place);
    }

    public static async Task<IResult> GetPlanAsync(HttpContext context, IGrainFactory grains)
    {
        var id = context.PathId("plan");
        var version = Query.Number(context, "version", 1, int.MaxValue);
        return await Catalogue(context, grains).GetPlan(id, version) is { } plan
            ? ApiJson.Entity(PlanAnswer.Of(plan))
            : new ProblemResult(Problem.NotFound("plan", version is null ? id : $"{id}, version {version}"));
    }

    public static async Task<IResult> ListPlansAsync(HttpContext context, IGrainFactory grains) =>
        Listing.Of(
            await Catalogue(context, grains).ListPlans(Query.After(context), Query.Limit(context)), PlanAnswer.Of);

    internal static ICatalogueGrain Catalogue(HttpContext context, IGrainFactory grains) =>
        grains.GetGrain<ICatalogueGrain>(context.Tenant());
}
