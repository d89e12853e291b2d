using NodaTime;
using OrleansBilling.Contracts.Common;
using OrleansBilling.Contracts.Migrations;
using OrleansBilling.Contracts.Partitions;
using OrleansBilling.Contracts.Subscriptions;
using OrleansBilling.Core.Pricing;
using OrleansBilling.Grains.Subscriptions;

namespace OrleansBilling.Grains.Migrations;

/// <summary>Who is moved by a migration, and by which change.</summary>
internal static class MigrationRules
{
    /// <summary>The change of a subscription.</summary>
    /// <param name="agreed">What it has agreed otherwise than the plan.</param>
    public static SubscriptionChangeSpec ChangeOf(MigrationSpec spec, int toVersion, PlanOverrides? agreed) => new(
        MigrationView.ChangeId(spec.Id), spec.Plan, toVersion, ChangeWhen.PeriodEnd, null, spec.DropTerms ? null : agreed,
        OnlyFromVersion: spec.FromVersion);

    /// <summary>What would become of a subscription now; null when it does not have the version.</summary>
    public static MigrationItem? Item(SubscriptionState subscription, MigrationSpec spec, PlanTerms to, Instant now)
    {
        var view = subscription.ViewAt(now);
        if ((view.Plan, view.PlanVersion) != (spec.Plan, spec.FromVersion) || view.End <= now)
        {
            return null;
        }
        if (spec.Keep.Contains(view.Id, StringComparer.Ordinal))
        {
            return new(view.Id, view.Customer, MigrationOutcome.Kept, null, null);
        }
        var agreed = spec.DropTerms ? null : view.Overrides;
        var error = Misfit(agreed, to) ?? ChangeRules.Decide(
            subscription, view.Id, ChangeOf(spec, to.Plan.Version, agreed), to with { Plan = to.Plan with { Overrides = agreed } }, now,
            _ => { })?.Errors.FirstOrDefault();
        return error is null
            ? new(
                view.Id, view.Customer, MigrationOutcome.Ready, subscription.Calendar.PeriodAt(Instant.Max(now, view.Start)).End, null)
            : new(view.Id, view.Customer, MigrationOutcome.Refused, null, error);
    }

    private static CommandError? Misfit(PlanOverrides? agreed, PlanTerms to) =>
        agreed is not null
            && PlanOverridesValidator.Validate(agreed, to.Plan.Definition, id => Array.Find(to.Meters, m => m.Id == id)) is [var first, ..]
            ? new(first.Code, first.Message, "/overrides" + first.Pointer)
            : null;
}
