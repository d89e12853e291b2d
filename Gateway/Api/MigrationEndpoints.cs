using OrleansBilling.Contracts.Migrations;
using OrleansBilling.Gateway.Auth;
using OrleansBilling.Gateway.Problems;
using OrleansBilling.Gateway.Requests;

namespace OrleansBilling.Gateway.Api;

/// <summary>Subscriptions moved to another version of their plan: looked at, then done.</summary>
internal static class MigrationEndpoints
{
    /// <summary>The change of each subscription is named after it, and a name has at most 128 characters.</summary>
    private const int MaxId = 100;

    public static async Task<IResult> PreviewAsync(HttpContext context, IGrainFactory grains)
    {
        var plan = context.PathId("plan");
        var body = await JsonBody.ReadAsync<MigrationBody>(context);
        if (body.Id.Length > MaxId)
        {
            throw new ProblemException(Problem.Invalid("migration.id_too_long", $"Give an id of at most {MaxId} characters.", "/id"));
        }
        var result = await Migrations(context, grains).Preview(new(
            body.Id, plan, body.FromVersion, body.ToVersion, body.Customers ?? [], body.Subscriptions ?? [], body.Keep ?? [],
            body.AgreedTerms switch
            {
                null or "keep" => false,
                "drop" => true,
                _ => throw new ProblemException(Problem.Invalid("migration.agreed_terms", "Give 'keep' or 'drop'.", "/agreedTerms")),
            })).WaitAsync(context.RequestAborted);
        return CommandAnswer.Of(result, Location(plan, body.Id), MigrationAnswer.Of);
    }

    public static async Task<IResult> ApplyAsync(HttpContext context, IGrainFactory grains)
    {
        var (plan, id) = (context.PathId("plan"), context.PathMigration());
        var result = await Migrations(context, grains).Apply(plan, id).WaitAsync(context.RequestAborted);
        return CommandAnswer.Of(result, Location(plan, id), MigrationAnswer.Of);
    }

    public static async Task<IResult> GetAsync(HttpContext context, IGrainFactory grains)
    {
        var id = context.PathMigration();
        return await Migrations(context, grains).Get(context.PathId("plan"), id) is { } view
            ? ApiJson.Entity(MigrationAnswer.Of(view))
            : new ProblemResult(Problem.NotFound("migration", id));
    }

    public static async Task<IResult> ListAsync(HttpContext context, IGrainFactory grains)
    {
        var plan = context.PathId("plan");
        var page = await Migrations(context, grains).List(plan, Query.After(context), Query.Limit(context));
        if (page.Items.Length == 0 && await CatalogueEndpoints.Catalogue(context, grains).GetPlan(plan, null) is null)
        {
            return new ProblemResult(Problem.NotFound("plan", plan));
        }
        return Listing.Of(page, MigrationAnswer.Of);
    }

    private static IMigrationGrain Migrations(HttpContext context, IGrainFactory grains) => grains.GetGrain<IMigrationGrain>(context.Tenant());

    private static string Location(string plan, string id) => $"{Locations.Of("plans", plan)}/migrations/{Uri.EscapeDataString(id)}";
}
