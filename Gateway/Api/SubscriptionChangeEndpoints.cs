using System.Text;
using NodaTime;
using OrleansBilling.Contracts.Subscriptions;
using OrleansBilling.Gateway.Problems;
using OrleansBilling.Gateway.Requests;
using OrleansBilling.Gateway.Usage;

namespace OrleansBilling.Gateway.Api;

/// <summary>Changes of plan, and the end, of running subscriptions.</summary>
internal static class SubscriptionChangeEndpoints
{
    private const string DefaultCancelId = "cancel";

    public static async Task<IResult> ChangeAsync(HttpContext context, IGrainFactory grains)
    {
        var id = context.PathId("subscription");
        var body = await JsonBody.ReadAsync<SubscriptionChangeBody>(context);
        var (when, at) = When(body.When);
        return await SendAsync(context, grains, id, new(body.Id, body.Plan, body.PlanVersion, when, at, OverridesBody.Of(body.Overrides)));
    }

    public static async Task<IResult> CancelAsync(HttpContext context, IGrainFactory grains)
    {
        var id = context.PathId("subscription");
        var body = await JsonBody.ReadAsync<SubscriptionCancelBody>(context);
        var (when, at) = When(body.When);
        return await SendAsync(context, grains, id, new(body.Id ?? DefaultCancelId, null, null, when, at));
    }

    public static async Task<IResult> PauseAsync(HttpContext context, IGrainFactory grains)
    {
        var id = context.PathId("subscription");
        var body = await JsonBody.ReadAsync<SubscriptionPauseBody>(context);
        var (when, at) = When(body.When);
        bool? billed = body.Usage switch
        {
            null => null,
            "quarantined" => false,
            "billed" => true,
            _ => throw new ProblemException(Problem.Invalid("json.value", "Give 'quarantined' or 'billed'.", "/usage")),
        };
        return await SendAsync(context, grains, id, new(body.Id, null, null, when, at, null, ChangeKind.Pause, billed));
    }

    public static async Task<IResult> ResumeAsync(HttpContext context, IGrainFactory grains)
    {
        var id = context.PathId("subscription");
        var body = await JsonBody.ReadAsync<SubscriptionResumeBody>(context);
        var (when, at) = When(body.When);
        return await SendAsync(context, grains, id, new(body.Id, null, null, when, at, null, ChangeKind.Resume));
    }

    public static async Task<IResult> WithdrawAsync(HttpContext context, IGrainFactory grains)
    {
        var id = context.PathId("subscription");
        var change = context.PathChange();
        Conditions.DemandMatch(context.Request);
        return CommandAnswer.Of(
            await SubscriptionEndpoints.Subscription(context, grains, id).Withdraw(change), Locations.Of("subscriptions", id));
    }

    private static async Task<IResult> SendAsync(
        HttpContext context, IGrainFactory grains, string id, SubscriptionChangeSpec spec)
    {
        Conditions.DemandMatch(context.Request);
        return CommandAnswer.Of(
            await SubscriptionEndpoints.Subscription(context, grains, id).Change(spec), Locations.Of("subscriptions", id));
    }

    private static (ChangeWhen, Instant?) When(string text) => text switch
    {
        "now" => (ChangeWhen.Now, null),
        "periodEnd" => (ChangeWhen.PeriodEnd, null),
        "periodStart" => (ChangeWhen.PeriodStart, null),
        _ when TimeText.TryParse(Encoding.UTF8.GetBytes(text), out var ticks) => (ChangeWhen.At, Instant.FromUnixTimeTicks(ticks)),
        _ => throw new ProblemException(Problem.Invalid(
            "json.value",
            "Give 'now', 'periodEnd', 'periodStart', or an RFC 3339 time with an offset, for example \"2026-01-31T00:00:00Z\".", "/when")),
    };
}
