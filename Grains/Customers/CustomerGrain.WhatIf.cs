using OrleansBilling.Contracts.Common;
using OrleansBilling.Contracts.Customers;
using OrleansBilling.Contracts.Partitions;
using OrleansBilling.Contracts.Pricing;
using OrleansBilling.Contracts.Subscriptions;
using OrleansBilling.Core.Periods;
using OrleansBilling.Grains.Pricing;
using OrleansBilling.Grains.Subscriptions;

namespace OrleansBilling.Grains.Customers;

/// <summary>What real usage of all subscriptions would have cost under other plans: the cheapest plan for a fleet.</summary>
internal sealed partial class CustomerGrain
{
    /// <summary>Subscriptions that are rated at once, once their totals are known.</summary>
    private const int RatedAtOnce = 16;

    public async Task<CommandResult<FleetWhatIfView>> WhatIf(FleetWhatIfSpec spec)
    {
        var home = await Home();
        var (customer, at) = home.Do(t => (Find(t), spec.At ?? TenantOf(t, Key.Tenant).Now(home.Time)));
        if (customer is null)
        {
            return CommandResult.NotFound<FleetWhatIfView>("customer.unknown", $"There is no customer '{Key.Id}'.");
        }
        var fleet = home.Do(_ => customer.PeriodsAt(at).ToArray());
        CommandError[] unknown = [.. spec.Subscriptions.Index().Where(s => !customer.Has(s.Item)).Select(s => new CommandError(
            "subscription.unknown", $"The customer has no subscription '{s.Item}'.", $"/subscriptions/{s.Index}"))];
        var asked = fleet.Where(s => spec.Subscriptions.Length == 0 || spec.Subscriptions.Contains(s.Id))
            .OrderBy(s => s.Id, StringComparer.Ordinal).ToArray();
        var running = asked.Where(s => s.Runs).ToArray();
        if (unknown.Length > 0 || running.Length == 0)
        {
            return CommandResult.Rejected<FleetWhatIfView>(unknown.Length > 0
                ? unknown
                : [new CommandError("what_if.period", "No subscription ran then.", "/at")]);
        }
        var (plans, errors) = await PlanChoices.Of(
            GrainFactory.GetGrain<ICatalogueGrain>(Key.Tenant), spec.Plans, plan => Misfit(customer.Spec.Currency, running, plan));
        if (errors.Length > 0 || running.Length * plans.Length > FleetWhatIfSpec.MaxTrials)
        {
            return CommandResult.Rejected<FleetWhatIfView>(errors.Length > 0 ? errors : [TooMany(running.Length, plans.Length)]);
        }
        string[] skipped = [.. asked.Where(s => !s.Runs).Select(s => s.Id)];
        return await Compare(home.PartitionCount, spec, at, customer.Spec.Currency, running, plans, skipped);
    }

    private async Task<CommandResult<FleetWhatIfView>> Compare(
        int partitions, FleetWhatIfSpec spec, NodaTime.Instant at, string currency,
        (string Id, BillingCycle Cycle, BillingPeriod Period, bool Runs)[] running, PlanTerms[] plans, string[] skipped)
    {
        HashSet<string>[] fits = [.. plans.Select(plan => running.Where(s => s.Cycle == plan.Plan.Definition.Cycle).Select(s => s.Id)
            .ToHashSet(StringComparer.Ordinal))];
        var trials = Array.ConvertAll(running, s => new TrialSubscription(
            s.Id, s.Period.Index, [.. Enumerable.Range(0, plans.Length).Where(p => fits[p].Contains(s.Id))]));
        var query = new TrialFleetQuery(Key.Tenant, trials, plans, spec.PerDevice, FleetWhatIfSpec.MaxDeviceTrials);
        var parts = await Task.WhenAll(Enumerable.Range(0, partitions).Select(p => GrainFactory.GetGrain<IPartitionGrain>(p).TryFleet(query)));
        if (parts.Sum(p => p.Sum(s => (long)s.DeviceTrials)) is var deviceTrials and > FleetWhatIfSpec.MaxDeviceTrials)
        {
            return CommandResult.Rejected<FleetWhatIfView>(new CommandError(
                "what_if.too_many_devices", $"Devices times plans are {deviceTrials}, at most {FleetWhatIfSpec.MaxDeviceTrials} are compared at "
                + "once: name some of the subscriptions, or fewer plans.", "/perDevice"));
        }
        var views = new List<WhatIfView>();
        foreach (var chunk in trials.Index().Chunk(RatedAtOnce))
        {
            var rated = await Task.WhenAll(chunk.Select(s => Subscription(s.Item.Id).RateTrial(new(
                s.Item.UsagePeriod, Array.ConvertAll(s.Item.Plans, p => plans[p]), Array.ConvertAll(parts, p => p[s.Index])))));
            if (Array.Find(rated, r => !r.Succeeded) is { } failed)
            {
                return new(failed.Outcome, null, failed.Errors);
            }
            views.AddRange(rated.Select(r => r.Value!));
        }
        var (compared, best) = FleetComparison.Of(plans, fits, [.. views]);
        return CommandResult.Unchanged(new FleetWhatIfView(
            Key.Id, at, currency, views.Sum(v => v.Events), views.Sum(v => v.Total), compared, best, [.. views], skipped));
    }

    private static CommandError? Misfit(
        string currency, (string Id, BillingCycle Cycle, BillingPeriod Period, bool Runs)[] running, PlanView plan) =>
        plan.Definition.Currency != currency
            ? new("subscription.currency", $"The plan is in {plan.Definition.Currency}, the customer pays in {currency}.", "/plan")
            : Array.TrueForAll(running, s => s.Cycle != plan.Definition.Cycle)
            ? new(
                "subscription.cycle", $"The plan is billed every {plan.Definition.Cycle.Count} {plan.Definition.Cycle.Unit}, and none of the "
                + "subscriptions is.", "/plan")
            : null;

    private static CommandError TooMany(int subscriptions, int plans) => new(
        "what_if.too_many", $"{subscriptions} subscriptions with {plans} plans are {subscriptions * plans} comparisons, at most "
        + $"{FleetWhatIfSpec.MaxTrials} are made at once: name some of the subscriptions, or fewer plans.", "/subscriptions");
}
