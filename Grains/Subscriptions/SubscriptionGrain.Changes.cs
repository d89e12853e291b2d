using NodaTime;
using OrleansBilling.Contracts.AuditTrail;
using OrleansBilling.Contracts.Common;
using OrleansBilling.Contracts.Partitions;
using OrleansBilling.Contracts.Pricing;
using OrleansBilling.Contracts.Subscriptions;
using OrleansBilling.Grains.Partitions;
using OrleansBilling.Grains.Records;

namespace OrleansBilling.Grains.Subscriptions;

/// <summary>Changes of plan and cancellation. See docs/adr/0013.</summary>
internal sealed partial class SubscriptionGrain
{
    /// <summary>How often a command looks again when other changes come in between.</summary>
    private const int Attempts = 20;

    public async Task<CommandResult<SubscriptionChange>> Change(SubscriptionChangeSpec spec)
    {
        var seen = Precondition.Take();
        var plan = default(PlanTerms);
        if (spec.Plan is { } id)
        {
            var catalogue = GrainFactory.GetGrain<ICatalogueGrain>(Key.Tenant);
            if (await catalogue.GetPlan(id, spec.PlanVersion) is not { } view)
            {
                return Refused("plan.unknown", $"There is no such version of a plan '{id}'.", "/plan");
            }
            plan = new(view with { Overrides = spec.Overrides }, await Meters(catalogue, view));
            if (OverrideErrors(plan) is { Length: > 0 } errors)
            {
                return CommandResult.Rejected<SubscriptionChange>(errors);
            }
        }
        return await Command(spec.Id, seen, (t, now, append) => ChangeRules.Decide(Find(t), Key.Id, spec, plan, now, append));
    }

    public async Task<CommandResult<SubscriptionChange>> Withdraw(string change)
    {
        var result = await Command(
            ChangeRules.WithdrawalId(change), Precondition.Take(), (t, now, append) => ChangeRules.Withdraw(Find(t), change, now, append));
        return result.Outcome == CommandOutcome.Created ? result with { Outcome = CommandOutcome.Updated } : result;
    }

    public async Task<SubscriptionTimeline?> Settle()
    {
        var home = await Home();
        await ChangeDriving.Drive(home, GrainFactory, Key.Tenant, Key.Id);
        return await home.DoDurably(t => Find(t)?.Told);
    }

    /// <summary>Carries out what is under way, then the command itself, then answers.</summary>
    /// <param name="seen">What the caller has seen of the subscription; null when that does not matter.</param>
    /// <param name="decide">Null when it has given an intention to be logged; else the answer.</param>
    private async Task<CommandResult<SubscriptionChange>> Command(
        string id, Precondition? seen, Func<Partition.Turn, Instant, Action<object>, CommandResult<SubscriptionChange>?> decide)
    {
        var home = await Home();
        var asked = false;
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            await ChangeDriving.Drive(home, GrainFactory, Key.Tenant, Key.Id);
            var answer = await home.DoDurably(t =>
            {
                if (Find(t) is { History: { } history })
                {
                    if (history.IsUnsettled)
                    {
                        return null;
                    }
                    if (asked && history.Refused is { } refused && refused.Id == id)
                    {
                        return refused.Reason is { } reason ? ChangeRules.Impossible(reason) : ChangeRules.TooEarly(refused.Earliest);
                    }
                }
                var now = TenantOf(t, Key.Tenant).Now(home.Time);
                if (!asked && seen is not null && Find(t) is { } subscription && seen.Fails(subscription.ViewAt(now)))
                {
                    // Where nothing would change, or the change is refused, the condition does not matter (RFC 9110, 13.2.1).
                    return decide(t, now, _ => { }) ?? CommandResult.PreconditionFailed<SubscriptionChange>();
                }
                var result = decide(t, now, fact => t.Append(ForCaller(fact)));
                asked |= result is null;
                return result;
            });
            if (answer is not null)
            {
                return asked && answer.Outcome == CommandOutcome.Unchanged ? answer with { Outcome = CommandOutcome.Created } : answer;
            }
        }
        return CommandResult.Conflict<SubscriptionChange>(
            "subscription.change_pending", "Other changes of the subscription came in between; send it again.");
    }

    /// <summary>Whoever decides it may be somebody else.</summary>
    private static object ForCaller(object fact) =>
        fact is ChangeRequested asked ? asked with { Intent = asked.Intent with { By = ChangeCaller.Current } } : fact;

    private static CommandResult<SubscriptionChange> Refused(string code, string message, string pointer) =>
        CommandResult.Rejected<SubscriptionChange>(new CommandError(code, message, pointer));
}
