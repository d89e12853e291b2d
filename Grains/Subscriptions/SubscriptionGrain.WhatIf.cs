using OrleansBilling.Contracts.Common;
using OrleansBilling.Contracts.Partitions;
using OrleansBilling.Contracts.Pricing;
using OrleansBilling.Contracts.Subscriptions;
using OrleansBilling.Core.Amounts;
using OrleansBilling.Core.Balances;
using OrleansBilling.Core.Invoicing;
using OrleansBilling.Core.Periods;
using OrleansBilling.Grains.Pricing;

namespace OrleansBilling.Grains.Subscriptions;

/// <summary>What real usage would have cost under other plans.</summary>
internal sealed partial class SubscriptionGrain
{
    public async Task<CommandResult<WhatIfView>> WhatIf(WhatIfSpec spec)
    {
        var home = await Home();
        var (subscription, period) = home.Do(t => Find(t) is { } found
            ? (found, found.Calendar.PeriodAt(spec.At ?? found.Tenant.Now(home.Time)))
            : default((SubscriptionState?, BillingPeriod)));
        if (subscription is null)
        {
            return CommandResult.NotFound<WhatIfView>("subscription.unknown", $"There is no subscription '{Key.Id}'.");
        }
        if (subscription.Parts(period).Count == 0)
        {
            return CommandResult.Rejected<WhatIfView>(new CommandError("what_if.period", "The subscription did not run then.", "/at"));
        }
        var (plans, errors) = await PlanChoices.Of(
            GrainFactory.GetGrain<ICatalogueGrain>(Key.Tenant), spec.Plans, plan => ChangeRules.Misfit(subscription, plan));
        if (errors.Length > 0)
        {
            return CommandResult.Rejected<WhatIfView>(errors);
        }
        var query = new TrialUsageQuery(Key.Tenant, Key.Id, period.Index, plans);
        return await RateTrial(new(period.Index, plans, await Task.WhenAll(Enumerable.Range(0, home.PartitionCount)
            .Select(p => GrainFactory.GetGrain<IPartitionGrain>(p).TryPlans(query)))));
    }

    public async Task<CommandResult<WhatIfView>> RateTrial(SubscriptionTrial trial)
    {
        var home = await Home();
        if (home.Do(t => Find(t) is null))
        {
            return CommandResult.NotFound<WhatIfView>("subscription.unknown", $"There is no subscription '{Key.Id}'.");
        }
        var (kept, counted) = (trial.Parts.Sum(p => p.Events), trial.Parts.Sum(p => p.Recorded));
        if (kept < counted)
        {
            return CommandResult.Conflict<WhatIfView>(
                "what_if.archive_incomplete",
                $"Of {counted} events of the period of '{Key.Id}' the archive still has {kept}; raw events are kept for 13 months. "
                + "Ask for a later period.", "/at");
        }
        await Task.WhenAll(Enumerable.Range(0, home.PartitionCount)
            .Select(p => GrainFactory.GetGrain<IPartitionGrain>(p).FlushTo(home.Number, home.Epoch)));
        return await home.DoDurably(t => View(Find(t)!, Find(t)!.Calendar.Period(trial.UsagePeriod), trial.Plans, trial.Parts));
    }

    private static CommandResult<WhatIfView> View(
        SubscriptionState subscription, BillingPeriod period, PlanTerms[] plans, TrialUsage[] parts)
    {
        var totals = subscription.Totals();
        var lines = StatementLines.Known(subscription, period, totals);
        var packs = PackChain.For(subscription, period, totals, period.Index);
        var entries = Array.ConvertAll(plans, plan => new PlanEntry(subscription.Tenant, plan.Plan, plan.Meters));
        var answered = parts.Where(p => p.Slices.Length > 0).ToArray();
        return CommandResult.Unchanged(new WhatIfView(
            subscription.View.Id, period.Start, period.End, subscription.View.Currency, parts.Sum(p => p.Events), Sum(lines), lines,
            [.. entries.Select((plan, i) => Trial(subscription, period, plan, packs, [.. answered.Select(p => (p.Slices[i], p.Unrated[i]))]))],
            parts.Any(p => p.Devices is not null) ? Devices(subscription, period, entries, parts) : null));
    }

    /// <summary>Each device with a subscription of its own; it was in one partition, so nothing is to be added up.</summary>
    private static WhatIfDevice[] Devices(SubscriptionState subscription, BillingPeriod period, PlanEntry[] plans, TrialUsage[] parts) =>
    [
        .. parts.SelectMany(p => p.Devices ?? []).OrderBy(d => d.Device, StringComparer.Ordinal).Select(device => new WhatIfDevice(
            device.Device,
            [.. plans.Select((plan, i) => Trial(subscription, period, plan, UnitPacks.None, [(device.Slices[i], device.Unrated[i])]) with { Lines = [] })])),
    ];

    /// <param name="packs">What the period really could take of them: they go along where the plan has the charge in the same unit.</param>
    private static WhatIfPlan Trial(
        SubscriptionState subscription, BillingPeriod period, PlanEntry plan, UnitPacks packs, (Slice Slice, KeyValuePair<string, long>[] Unrated)[] parts)
    {
        var totals = new PeriodTotals();
        foreach (var (slice, _) in parts)
        {
            totals.Add(slice.UsagePeriod, slice.BilledPeriod, slice.Segment, slice.Buckets, slice.Aggregates);
        }
        var unrated = FleetComparison.Added(parts.Select(p => p.Unrated));
        var (id, version) = (plan.View.Id, plan.View.Version);
        try
        {
            var lines = StatementLines.Alone(subscription, period, plan, totals, packs);
            return new(id, version, Sum(lines), lines, unrated);
        }
        catch (Exception e) when (e is InexactAmountException or OverflowException)
        {
            return new(id, version, null, [], unrated);
        }
    }

    private static decimal Sum(InvoiceLine[] lines) => lines.Sum(line => line.Amount.ToDecimal());
}
