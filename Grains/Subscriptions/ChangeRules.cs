using NodaTime;
using NodaTime.Text;
using OrleansBilling.Contracts.Common;
using OrleansBilling.Contracts.Partitions;
using OrleansBilling.Contracts.Pricing;
using OrleansBilling.Contracts.Subscriptions;
using OrleansBilling.Core.Subscriptions;
using OrleansBilling.Grains.Records;

namespace OrleansBilling.Grains.Subscriptions;

/// <summary>What a subscription answers to a change, before any partition is asked.</summary>
internal static class ChangeRules
{
    /// <summary>Decides a change of plan or an end.</summary>
    /// <param name="append">Takes the intention, when there is nothing against it.</param>
    /// <returns>The answer; null when the intention was appended.</returns>
    public static CommandResult<SubscriptionChange>? Decide(
        SubscriptionState? subscription, string id, SubscriptionChangeSpec spec, PlanTerms? plan, Instant now, Action<object> append)
    {
        if (subscription is null)
        {
            return CommandResult.NotFound<SubscriptionChange>("subscription.unknown", $"There is no subscription '{id}'.");
        }
        if (subscription.History?.Find(spec.Id) is { } known)
        {
            return known.Withdrawn
                ? CommandResult.Conflict<SubscriptionChange>(
                    "subscription.change_withdrawn", "The change of this id was withdrawn; give another id.", "/id")
                : known.Intent.Spec == spec
                ? CommandResult.Unchanged(known.View(now))
                : CommandResult.Conflict<SubscriptionChange>(
                    "subscription.change_exists", "This id names another change of the subscription.", "/id");
        }
        if (spec is { Plan: null, When: ChangeWhen.PeriodStart })
        {
            return CommandResult.Rejected<SubscriptionChange>(new CommandError(
                "subscription.plan_only", "Only a plan is back-dated: give 'now', 'periodEnd' or an instant.", "/when"));
        }
        var from = When(subscription, spec, now);
        if (plan is not null && Misfit(subscription, plan.Plan) is { } error)
        {
            return CommandResult.Rejected<SubscriptionChange>(error);
        }
        if (StateError(subscription, spec, plan, from, now) is { } conflict)
        {
            return conflict;
        }
        if (spec.OnlyFromVersion is { } version && Versions(subscription.Timeline.At(from), spec.Plan, version) is { } other)
        {
            return other;
        }
        if (plan is not null)
        {
            append(new PlanLearned(subscription.Tenant.Id, plan.Plan, plan.Meters));
        }
        append(new ChangeRequested(
            subscription.Tenant.Id, subscription.Spec.Id, new(spec, from, now, plan?.Plan.Version, null, PauseRules.BillsUsage(subscription, spec, from))));
        return null;
    }

    /// <summary>Decides the withdrawal of a change.</summary>
    /// <inheritdoc cref="Decide"/>
    public static CommandResult<SubscriptionChange>? Withdraw(
        SubscriptionState? subscription, string change, Instant now, Action<object> append)
    {
        if (subscription?.History?.Find(change) is not { } known)
        {
            return CommandResult.NotFound<SubscriptionChange>("change.unknown", $"The subscription has no change '{change}'.");
        }
        if (known.Withdrawn)
        {
            return CommandResult.Unchanged(known.View(now));
        }
        if (known.At <= now)
        {
            return CommandResult.Conflict<SubscriptionChange>(
                "subscription.change_begun", $"The change has begun at {known.At}; what has begun stays. Make another change.");
        }
        if (PauseRules.WithdrawalError(subscription, known) is { } dependent)
        {
            return dependent;
        }
        var spec = known.Intent.Spec with { Id = WithdrawalId(change) };
        append(new ChangeRequested(
            subscription.Tenant.Id, subscription.Spec.Id, new(spec, known.At, now, null, change)));
        return null;
    }

    /// <summary>Names a withdrawal, apart from every change: ids have no control characters.</summary>
    public static string WithdrawalId(string change) => $"\n{change}";

    public static CommandResult<SubscriptionChange> TooEarly(Instant earliest) => CommandResult.Conflict<SubscriptionChange>(
        "subscription.change_too_early",
        $"Usage at or after that instant is rated or billed already; the earliest instant is {Text(earliest)}.", "/when");

    public static CommandResult<SubscriptionChange> Impossible(string reason) => CommandResult.Conflict<SubscriptionChange>(
        "subscription.change_not_rated", reason, "/plan");

    /// <summary>Why the subscription cannot have a plan; null when it can.</summary>
    public static CommandError? Misfit(SubscriptionState subscription, PlanView plan)
    {
        var (now, then) = (subscription.Terms.Plan.Definition, plan.Definition);
        if (then.Currency != now.Currency)
        {
            return new(
                "subscription.currency", $"The plan is in {then.Currency}, the subscription in {now.Currency}; choose a plan in "
                + $"{now.Currency}.", "/plan");
        }
        return then.Cycle == now.Cycle ? null : new(
            "subscription.cycle", $"The plan is billed every {then.Cycle.Count} {then.Cycle.Unit}, the subscription every "
            + $"{now.Cycle.Count} {now.Cycle.Unit}; choose a plan with the same cycle, or end this one and create another.", "/plan");
    }

    /// <summary>Why what is in force before a change is not what the change is meant for; null when it is.</summary>
    private static CommandResult<SubscriptionChange>? Versions(PlanSegment known, string? plan, int version) =>
        (known.Plan, known.PlanVersion) != (plan, version)
            ? CommandResult.Conflict<SubscriptionChange>(
                "subscription.other_version", $"It has version {known.PlanVersion} of plan '{known.Plan}' then, not version {version} of '{plan}'.",
                "/plan")
            : known.Trial is not null || PlanVariant.Parse(known.Variant).Phase is not null
            ? CommandResult.Conflict<SubscriptionChange>(
                "subscription.in_phase", "It is in a trial or a phase of its plan then, which the change would end.", "/plan")
            : null;

    private static Instant When(SubscriptionState subscription, SubscriptionChangeSpec spec, Instant now) => spec.When switch
    {
        // Times of events have 100 ns; a finer instant would lie between two of them.
        ChangeWhen.At => Instant.FromUnixTimeTicks(spec.At!.Value.ToUnixTimeTicks()),
        ChangeWhen.PeriodStart => Instant.Max(
            subscription.Calendar.PeriodAt(Instant.Max(now, subscription.View.Start)).Start, subscription.View.Start),
        ChangeWhen.PeriodEnd => subscription.Calendar.PeriodAt(Instant.Max(now, subscription.View.Start)).End,
        _ => Instant.FromUnixTimeTicks(now.ToUnixTimeTicks()),
    };

    private static CommandResult<SubscriptionChange>? StateError(
        SubscriptionState subscription, SubscriptionChangeSpec spec, PlanTerms? plan, Instant from, Instant now)
    {
        var timeline = subscription.Timeline;
        var newest = timeline.Unstaged().Segments[^1];
        if (plan is null && spec.Kind is null && subscription.History is { } h && Array.Exists(h.Changes, c => c is { IsEnd: true, Withdrawn: false }))
        {
            return CommandResult.Conflict<SubscriptionChange>(
                "subscription.cancelled", $"It ends at {Text(timeline.End!.Value)} already; withdraw that change first.");
        }
        var backdated = spec.When == ChangeWhen.PeriodStart;
        if (timeline.End <= (backdated ? now : from))
        {
            return CommandResult.Conflict<SubscriptionChange>(
                "subscription.ended", $"It ends at {Text(timeline.End!.Value)}; a change must begin before.", "/when");
        }
        if (spec.Kind is { } kind)
        {
            if (PauseRules.Error(subscription, kind, from) is { } error)
            {
                return error;
            }
        }
        else if (backdated ? newest.From > now && newest.Number > 0 : from <= newest.From)
        {
            return newest.From > now && newest.Number > 0
                ? CommandResult.Conflict<SubscriptionChange>(
                    "subscription.change_scheduled",
                    $"A change is scheduled for {Text(newest.From)}; withdraw it first, or let this one begin after it.", "/when")
                : CommandResult.Conflict<SubscriptionChange>(
                    "subscription.change_before_start",
                    $"The present plan begins at {Text(newest.From)}; a change must begin after it.", "/when");
        }
        var open = subscription.Calendar.Period(subscription.ClosedThrough).End;
        if (subscription.ClosedThrough >= subscription.FirstPeriod && from < open)
        {
            return TooEarly(open);
        }
        if (plan is not null && !(backdated && newest.From > from) && (newest.Plan, newest.PlanVersion, PlanVariant.Parse(newest.Variant).Agreed) == (plan.Plan.Id, plan.Plan.Version, plan.Plan.Overrides?.Key))
        {
            return CommandResult.Conflict<SubscriptionChange>(
                "subscription.plan_unchanged", "It has that version of the plan already, with these terms.", "/plan");
        }
        return subscription.History?.Changes.Length >= SubscriptionHistory.MaxChanges
            ? CommandResult.Conflict<SubscriptionChange>(
                "subscription.too_many_changes",
                $"It was changed {SubscriptionHistory.MaxChanges} times; end it and create another.")
            : null;
    }

    private static string Text(Instant instant) => InstantPattern.ExtendedIso.Format(instant);
}
