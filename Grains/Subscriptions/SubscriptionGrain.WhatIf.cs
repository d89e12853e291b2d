using OrleansBilling.Contracts.Common;
using OrleansBilling.Contracts.Partitions;
using OrleansBilling.Contracts.Pricing;
using OrleansBilling.Contracts.Subscriptions;
using OrleansBilling.Core.Amounts;
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
        var (plans, errors) = await PlansOf(spec, subscription);
        if (errors.Length > 0)
        {
            return CommandResult.Rejected<WhatIfView>(errors);
        }
        var query = new TrialUsageQuery(Key.Tenant, Key.Id, period.Index, plans);
        var parts = await Task.WhenAll(Enumerable.Range(0, home.PartitionCount).Select(async p =>
        {
            var partition = GrainFactory.GetGrain<IPartitionGrain>(p);
            await partition.FlushTo(home.Number, home.Epoch);
            return await partition.TryPlans(query);
        }));
        var (kept, counted) = (parts.Sum(p => p.Events), parts.Sum(p => p.Recorded));
        if (kept < counted)
        {
            return CommandResult.Conflict<WhatIfView>(
                "what_if.archive_incomplete",
                $"Of {counted} events of the period the archive still has {kept}; raw events are kept for 13 months. Ask for a later period.", "/at");
        }
        return await home.DoDurably(t => View(Find(t)!, period, plans, parts));
    }

    private static CommandResult<WhatIfView> View(
        SubscriptionState subscription, BillingPeriod period, PlanTerms[] plans, TrialUsage[] parts)
    {
        var lines = StatementLines.Known(subscription, period, subscription.Totals());
        return CommandResult.Unchanged(new WhatIfView(
            subscription.View.Id, period.Start, period.End, subscription.View.Currency, parts.Sum(p => p.Events), Sum(lines), lines,
            [.. plans.Select((plan, i) => Trial(
                subscription, period, plan, [.. parts.Where(p => p.Slices.Length > 0).Select(p => (p.Slices[i], p.Unrated[i]))]))]));
    }

    private static WhatIfPlan Trial(
        SubscriptionState subscription, BillingPeriod period, PlanTerms plan, (Slice Slice, KeyValuePair<string, long>[] Unrated)[] parts)
    {
        var totals = new PeriodTotals();
        foreach (var (slice, _) in parts)
        {
            totals.Add(slice.UsagePeriod, slice.BilledPeriod, slice.Segment, slice.Buckets, slice.Aggregates);
        }
        KeyValuePair<string, long>[] unrated = [.. parts.SelectMany(p => p.Unrated)
            .GroupBy(u => u.Key, u => u.Value, StringComparer.Ordinal)
            .OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => KeyValuePair.Create(g.Key, g.Sum()))];
        var (id, version) = (plan.Plan.Id, plan.Plan.Version);
        try
        {
            var lines = StatementLines.Alone(subscription, period, new PlanEntry(subscription.Tenant, plan.Plan, plan.Meters), totals);
            return new(id, version, Sum(lines), lines, unrated);
        }
        catch (Exception e) when (e is InexactAmountException or OverflowException)
        {
            return new(id, version, null, [], unrated);
        }
    }

    private static decimal Sum(InvoiceLine[] lines) => lines.Sum(line => line.Amount.ToDecimal());

    /// <summary>The plans with their meters, or what is wrong with the choice.</summary>
    private async Task<(PlanTerms[] Plans, CommandError[] Errors)> PlansOf(WhatIfSpec spec, SubscriptionState subscription)
    {
        var catalogue = GrainFactory.GetGrain<ICatalogueGrain>(Key.Tenant);
        if (spec.Plans.Length == 0)
        {
            return (await Fitting(catalogue, subscription), []);
        }
        var (plans, errors) = (new List<PlanTerms>(), new List<CommandError>());
        foreach (var (choice, i) in spec.Plans.Select((choice, i) => (choice, i)))
        {
            var (plan, problems) = await PlanOf(catalogue, choice);
            problems = plan is not null && ChangeRules.Misfit(subscription, plan) is { } misfit ? [misfit] : problems;
            errors.AddRange(problems.Select(e => e with { Pointer = $"/plans/{i}{e.Pointer}" }));
            if (plan is not null && problems.Length == 0)
            {
                plans.Add(new(plan, await Meters(catalogue, plan)));
            }
        }
        return ([.. plans], [.. errors]);
    }

    private static async Task<(PlanView? Plan, CommandError[] Errors)> PlanOf(ICatalogueGrain catalogue, WhatIfChoice choice)
    {
        if (choice.Definition is { } draft)
        {
            var errors = await catalogue.Check(draft);
            return errors.Length == 0
                ? (new(draft.Id, 0, default, draft), [])
                : (null, Array.ConvertAll(errors, e => e with { Pointer = $"/definition{e.Pointer}" }));
        }
        return await catalogue.GetPlan(choice.Plan!, choice.PlanVersion) is { } plan
            ? (plan, [])
            : (null, [new("plan.unknown", $"There is no such version of a plan '{choice.Plan}'.", "/plan")]);
    }

    /// <summary>The newest version of every plan that the subscription could have.</summary>
    private static async Task<PlanTerms[]> Fitting(ICatalogueGrain catalogue, SubscriptionState subscription)
    {
        var plans = new List<PlanTerms>();
        string? after = null;
        do
        {
            var page = await catalogue.ListPlans(after, 1_000);
            foreach (var plan in page.Items.Where(p => ChangeRules.Misfit(subscription, p) is null).Take(WhatIfSpec.MaxPlans - plans.Count))
            {
                plans.Add(new(plan, await Meters(catalogue, plan)));
            }
            after = page.Next;
        }
        while (after is not null && plans.Count < WhatIfSpec.MaxPlans);
        return [.. plans];
    }
}
