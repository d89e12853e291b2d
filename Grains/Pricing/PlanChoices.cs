using OrleansBilling.Contracts.Common;
using OrleansBilling.Contracts.Partitions;
using OrleansBilling.Contracts.Pricing;
using OrleansBilling.Contracts.Subscriptions;
using OrleansBilling.Grains.ReRating;

namespace OrleansBilling.Grains.Pricing;

/// <summary>Plans that somebody wants to compare, with their meters.</summary>
internal static class PlanChoices
{
    /// <summary>The plans, or everything that is wrong with the choice.</summary>
    /// <param name="choices">Empty: the newest version of every plan that fits, at most <see cref="WhatIfSpec.MaxPlans"/>.</param>
    /// <param name="misfit">Why a plan cannot be compared; null when it can.</param>
    public static async Task<(PlanTerms[] Plans, CommandError[] Errors)> Of(
        ICatalogueGrain catalogue, WhatIfChoice[] choices, Func<PlanView, CommandError?> misfit)
    {
        if (choices.Length == 0)
        {
            return (await Fitting(catalogue, misfit), []);
        }
        var (plans, errors) = (new List<PlanTerms>(), new List<CommandError>());
        foreach (var (choice, i) in choices.Select((choice, i) => (choice, i)))
        {
            var (plan, problems) = await PlanOf(catalogue, choice);
            problems = plan is not null && misfit(plan) is { } wrong ? [wrong] : problems;
            errors.AddRange(problems.Select(e => e with { Pointer = $"/plans/{i}{e.Pointer}" }));
            if (plan is not null && problems.Length == 0)
            {
                plans.Add(await ReRatingDriving.Terms(catalogue, plan));
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

    private static async Task<PlanTerms[]> Fitting(ICatalogueGrain catalogue, Func<PlanView, CommandError?> misfit)
    {
        var plans = new List<PlanTerms>();
        string? after = null;
        do
        {
            var page = await catalogue.ListPlans(after, 1_000);
            foreach (var plan in page.Items.Where(p => misfit(p) is null).Take(WhatIfSpec.MaxPlans - plans.Count))
            {
                plans.Add(await ReRatingDriving.Terms(catalogue, plan));
            }
            after = page.Next;
        }
        while (after is not null && plans.Count < WhatIfSpec.MaxPlans);
        return [.. plans];
    }
}
