using OrleansBilling.Contracts.Pricing;
using OrleansBilling.Core.Pricing;
using OrleansBilling.Core.Rating;
using OrleansBilling.Core.Usage;
using OrleansBilling.Gateway.Problems;
using OrleansBilling.Gateway.Requests;

namespace OrleansBilling.Gateway.Api;

/// <summary>Prices usage that has not happened; the core does it, with a plan of the catalogue or an inline
/// charge.</summary>
internal static class QuoteEndpoint
{
    public static async Task<IResult> PriceAsync(HttpContext context, IGrainFactory grains)
    {
        var source = await DefinitionBody.ReadAsync(context, BodyLimit.Other);
        var body = QuoteBody.Of(source.Json);
        var parsed = body.Parse();
        if (!parsed.Ok)
        {
            throw new ProblemException(source.Place(QuoteBody.ProblemOf(parsed.Errors)));
        }
        var request = parsed.PlanId is { } plan
            ? parsed.Request with { Plan = await CompileAsync(context, grains, plan, body.PlanVersion, source, parsed.Request) }
            : parsed.Request;
        var outcome = Quote.Price(request);
        return outcome.Ok ? ApiJson.Ok(outcome.Result) : new ProblemResult(source.Place(QuoteBody.ProblemOf(outcome.Errors)));
    }

    private static async Task<CompiledPlan> CompileAsync(
        HttpContext context, IGrainFactory grains, string plan, int? version, DefinitionBody source, QuoteRequest request)
    {
        var catalogue = CatalogueEndpoints.Catalogue(context, grains);
        var view = await catalogue.GetPlan(plan, version)
            ?? throw new ProblemException(Problem.Invalid(
                "quote.plan_unknown",
                "There is no such plan, or not in that version.",
                version is null ? "/plan" : "/planVersion"));
        var meters = await MetersAsync(catalogue, view);
        if (request.Overrides is { } overrides
            && PlanOverridesValidator.Validate(overrides, view.Definition, meters.GetValueOrDefault) is { Count: > 0 } errors)
        {
            throw new ProblemException(source.Place(CoreProblem.Of(
                [.. errors.Select(error => error with { Pointer = OverridesBody.At + error.Pointer })])));
        }
        // A phase that the plan has not is told by the quote itself.
        int? phase = request.Phase is { } given && given >= 1 && given <= view.Definition.Phases.Count ? given - 1 : null;
        return CompiledPlan.Compile(view.Definition, meters.GetValueOrDefault, request.Overrides, phase);
    }

    private static async Task<Dictionary<string, MeterDefinition>> MetersAsync(ICatalogueGrain catalogue, PlanView plan)
    {
        var names = plan.Definition.Charges.Select(charge => charge.Meter).OfType<string>()
            .Distinct(StringComparer.Ordinal);
        var meters = await Task.WhenAll(names.Select(catalogue.GetMeter));
        return meters.OfType<MeterDefinition>().ToDictionary(meter => meter.Id, StringComparer.Ordinal);
    }
}
