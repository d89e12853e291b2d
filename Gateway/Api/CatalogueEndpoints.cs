using Microsoft.AspNetCore.Http;
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
        var body = await JsonBody.ReadAsync<MeterBody>(context);
        var meter = new MeterDefinition(body.Id, body.Name ?? body.Id, body.Unit, body.Aggregation ?? "sum",
            body.Cumulative is { } register ? new(register.RolloverAt) : null);
        return CommandAnswer.Of(await Catalogue(context, grains).DefineMeter(meter), Locations.Of("meters", body.Id));
    }

    public static async Task<IResult> GetMeterAsync(HttpContext context, IGrainFactory grains)
    {
        var id = context.PathId("meter");
        return await Catalogue(context, grains).GetMeter(id) is { } meter
            ? ApiJson.Ok(meter)
            : new ProblemResult(Problem.NotFound("meter", id));
    }

    public static async Task<IResult> ListMetersAsync(HttpContext context, IGrainFactory grains) =>
        Listing.Of(await Catalogue(context, grains).ListMeters(Query.After(context), Query.Limit(context)));

    public static async Task<IResult> PublishPlanAsync(HttpContext context, IGrainFactory grains)
    {
        JsonBody.RequireJson(context.Request);
        var plan = await ReadPlanAsync(context);
        return CommandAnswer.Of(
            await Catalogue(context, grains).Publish(plan), Locations.Of("plans", plan.Id), PlanAnswer.Of);
    }

    public static async Task<IResult> GetPlanAsync(HttpContext context, IGrainFactory grains)
    {
        var id = context.PathId("plan");
        var version = Query.Number(context, "version", 1, int.MaxValue);
        return await Catalogue(context, grains).GetPlan(id, version) is { } plan
            ? ApiJson.Ok(PlanAnswer.Of(plan))
            : new ProblemResult(Problem.NotFound("plan", version is null ? id : $"{id}, version {version}"));
    }

    public static async Task<IResult> ListPlansAsync(HttpContext context, IGrainFactory grains) =>
        Listing.Of(await Catalogue(context, grains).ListPlans(Query.After(context), Query.Limit(context)), PlanAnswer.Of);

    internal static ICatalogueGrain Catalogue(HttpContext context, IGrainFactory grains) =>
        grains.GetGrain<ICatalogueGrain>(context.Tenant());

    private static async Task<PlanDefinition> ReadPlanAsync(HttpContext context)
    {
        using var body = await RequestBody.ReadAsync(context, BodyLimit.Plan);
        // Broken JSON is a 400 like everywhere; what the plan says wrongly is a 422 of the core's.
        using var document = JsonBody.Parse(body.Bytes);
        var parsed = PlanJson.Parse(document.RootElement);
        return parsed.Ok ? parsed.Plan : throw new ProblemException(CoreProblem.Of(parsed.Errors));
    }
}
