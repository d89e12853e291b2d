using OrleansBilling.Contracts.Customers;
using OrleansBilling.Core.Periods;
using OrleansBilling.Core.Pricing;
using OrleansBilling.Gateway.Problems;
using OrleansBilling.Gateway.Requests;

namespace OrleansBilling.Gateway.Api;

/// <summary>Agreements of customers over all their subscriptions.</summary>
internal static class AgreementEndpoints
{
    public static async Task<IResult> AgreeAsync(HttpContext context, IGrainFactory grains)
    {
        var id = context.PathId("customer");
        var body = await JsonBody.ReadAsync<AgreementBody>(context);
        var result = await CustomerEndpoints.Customer(context, grains, id).Agree(new(
            body.Id, Bound(body.Minimum, "Minimum commitment", prorated: true), Bound(body.Maximum, "Maximum", prorated: false), body.From, body.To,
            body.TimeZone, body.AnchorDate, body.Cycle?.ToCycle("agreement.cycle_unit", "/cycle/unit") ?? BillingCycle.Monthly));
        return CommandAnswer.Of(result, Location(id, body.Id), AgreementAnswer.Of);
    }

    public static async Task<IResult> EndAsync(HttpContext context, IGrainFactory grains)
    {
        var (id, agreement) = (context.PathId("customer"), context.PathAgreement());
        var body = await JsonBody.ReadAsync<AgreementEndBody>(context);
        return CommandAnswer.Of(
            await CustomerEndpoints.Customer(context, grains, id).EndAgreement(agreement, body.At), Location(id, agreement), AgreementAnswer.Of);
    }

    public static async Task<IResult> ListAsync(HttpContext context, IGrainFactory grains) => ApiJson.Ok(new PageAnswer<AgreementAnswer>(
        Array.ConvertAll(await AgreementsAsync(context, grains), AgreementAnswer.Of), null));

    public static async Task<IResult> GetAsync(HttpContext context, IGrainFactory grains)
    {
        var id = context.PathAgreement();
        return Array.Find(await AgreementsAsync(context, grains), a => a.Terms.Id == id) is { } agreement
            ? ApiJson.Entity(AgreementAnswer.Of(agreement))
            : new ProblemResult(Problem.NotFound("agreement", id));
    }

    private static async Task<AgreementView[]> AgreementsAsync(HttpContext context, IGrainFactory grains)
    {
        var id = context.PathId("customer");
        return await CustomerEndpoints.Customer(context, grains, id).Agreements()
            ?? throw new ProblemException(Problem.NotFound("customer", id));
    }

    private static CommitmentDefinition? Bound(AgreementBoundBody? body, string name, bool prorated) =>
        body is null ? null : new(body.Amount, body.Name ?? name, body.Prorate ?? prorated) { Block = body.Block ?? false };

    private static string Location(string customer, string agreement) =>
        $"{Locations.Of("customers", customer)}/agreements/{Uri.EscapeDataString(agreement)}";
}
