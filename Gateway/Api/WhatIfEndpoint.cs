using OrleansBilling.Contracts.Subscriptions;
using OrleansBilling.Core.Pricing;
using OrleansBilling.Gateway.Problems;
using OrleansBilling.Gateway.Requests;

namespace OrleansBilling.Gateway.Api;

/// <summary>Other plans for usage that has happened.</summary>
internal static class WhatIfEndpoint
{
    public static async Task<IResult> CompareAsync(HttpContext context, IGrainFactory grains)
    {
        var id = context.PathId("subscription");
        var body = await JsonBody.ReadAsync<WhatIfBody>(context, BodyLimit.Plan);
        var result = await SubscriptionEndpoints.Subscription(context, grains, id)
            .WhatIf(new(Choices(body.Plans ?? []), body.At)).WaitAsync(context.RequestAborted);
        return CommandAnswer.Of(result, Locations.Of("subscriptions", id), WhatIfAnswer.Of);
    }

    public static async Task<IResult> CompareFleetAsync(HttpContext context, IGrainFactory grains)
    {
        var id = context.PathId("customer");
        var body = await JsonBody.ReadAsync<FleetWhatIfBody>(context, BodyLimit.Plan);
        var result = await CustomerEndpoints.Customer(context, grains, id)
            .WhatIf(new(Choices(body.Plans ?? []), body.At, body.Subscriptions ?? [], body.PerDevice ?? false)).WaitAsync(context.RequestAborted);
        return CommandAnswer.Of(result, Locations.Of("customers", id), FleetWhatIfAnswer.Of);
    }

    private static WhatIfChoice[] Choices(WhatIfChoiceBody[] plans)
    {
        if (plans.Length > WhatIfSpec.MaxPlans)
        {
            throw new ProblemException(Problem.Invalid(
                "json.too_many", $"At most {WhatIfSpec.MaxPlans} plans are compared at once.", "/plans"));
        }
        var errors = new List<ProblemError>();
        WhatIfChoice[] choices = [.. plans.Select((plan, i) => Choice(plan, $"/plans/{i}", errors))];
        return errors.Count == 0 ? choices : throw new ProblemException(Problem.Invalid(errors));
    }

    private static WhatIfChoice Choice(WhatIfChoiceBody body, string pointer, List<ProblemError> errors)
    {
        if (body.Plan is null == body.Definition is null || (body.Plan is null && body.PlanVersion is not null))
        {
            errors.Add(new("what_if.choice", "Give either 'plan', with 'planVersion' or without, or 'definition'.", pointer));
        }
        PlanDefinition? definition = null;
        if (body.Definition is { } json)
        {
            var parsed = PlanJson.Parse(json);
            definition = parsed.Plan;
            errors.AddRange(parsed.Errors.Select(e => new ProblemError(e.Code, e.Message, $"{pointer}/definition{e.Pointer}")));
        }
        return new(body.Plan, body.PlanVersion, definition);
    }
}
