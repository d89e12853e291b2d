using OrleansBilling.Contracts.ReRating;
using OrleansBilling.Core.Pricing;
using OrleansBilling.Gateway.Auth;
using OrleansBilling.Gateway.Problems;
using OrleansBilling.Gateway.Requests;

namespace OrleansBilling.Gateway.Api;

/// <summary>Periods by a corrected plan: looked at, then made so.</summary>
internal static class ReRatingEndpoints
{
    public static async Task<IResult> PreviewAsync(HttpContext context, IGrainFactory grains)
    {
        var body = await JsonBody.ReadAsync<ReRatingBody>(context, BodyLimit.Plan);
        if (body.CorrectedVersion is null == body.Definition is null)
        {
            throw new ProblemException(Problem.Invalid("re_rating.choice", "Give either 'correctedVersion' or 'definition'.", ""));
        }
        PlanDefinition? draft = null;
        if (body.Definition is { } json)
        {
            var parsed = PlanJson.Parse(json);
            draft = parsed.Ok ? parsed.Plan : throw new ProblemException(Problem.Invalid(
                [.. parsed.Errors.Select(e => new ProblemError(e.Code, e.Message, $"/definition{e.Pointer}"))]));
        }
        var result = await ReRatings(context, grains).Preview(new(
            body.Id, body.Plan, body.WrongVersion, body.CorrectedVersion, draft, body.From, body.To, body.Customers ?? [],
            body.Subscriptions ?? [])).WaitAsync(context.RequestAborted);
        return CommandAnswer.Of(result, Locations.Of("re-ratings", body.Id), ReRatingAnswer.Of);
    }

    public static async Task<IResult> ApplyAsync(HttpContext context, IGrainFactory grains)
    {
        var id = context.PathId("re_rating");
        var result = await ReRatings(context, grains).Apply(id).WaitAsync(context.RequestAborted);
        return CommandAnswer.Of(result, Locations.Of("re-ratings", id), ReRatingAnswer.Of);
    }

    public static async Task<IResult> GetAsync(HttpContext context, IGrainFactory grains)
    {
        var id = context.PathId("re_rating");
        return await ReRatings(context, grains).Get(id) is { } view
            ? ApiJson.Entity(ReRatingAnswer.Of(view))
            : throw new ProblemException(Problem.NotFound("re_rating", id));
    }

    public static async Task<IResult> ListAsync(HttpContext context, IGrainFactory grains)
    {
        var page = await ReRatings(context, grains).List(Query.After(context), Query.Limit(context));
        return ApiJson.Ok(new PageAnswer<ReRatingAnswer>(
            [.. page.Items.Select(ReRatingAnswer.Of)], page.Next is { } next ? Cursor.Encode(next) : null));
    }

    private static IReRatingGrain ReRatings(HttpContext context, IGrainFactory grains) =>
        grains.GetGrain<IReRatingGrain>(context.Tenant());
}
