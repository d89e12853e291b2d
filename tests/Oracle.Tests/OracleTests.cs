using OrleansBilling.Core.Pricing;
using OrleansBilling.Oracle.Generation;
using OrleansBilling.Oracle.Pricing;
using OrleansBilling.Oracle.Running;

namespace OrleansBilling.Oracle;

public class OracleTests
{
    /// <remarks>More by command: <c>tests/oracle --plans 1000000 --seed 1</c>. A failing seed is shown small by <c>--plans 1 --seed S</c>.</remarks>
    [Fact]
    public void The_engine_agrees_with_plain_fractions_over_random_plans_lives_and_usage_in_any_order()
    {
        var output = new StringWriter();
        Assert.True(new Sweep(20_000, 1, Environment.ProcessorCount).Run(output) == 0, output.ToString());
    }

    /// <remarks>
    /// In turn: a quantity of 27 digits with a discount; late usage in the part of a period before its plan changed, with a pool that comes
    /// along; a maximum that no money holds; a session's part that rounding took off; a latest value; blocks beside pools;
    /// a session whose quantity times the price of its time no decimal holds; packages beside an allowance without
    /// a finite decimal; a level of which a schedule ends in the period, with another charge after it;
    /// three microlitres at a package.
    /// </remarks>
    [Theory]
    [InlineData(10_018_214)]
    [InlineData(10_056_793)]
    [InlineData(10_098_256)]
    [InlineData(10_130_473)]
    [InlineData(10_163_217)]
    [InlineData(10_170_954)]
    [InlineData(10_205_937)]
    [InlineData(10_437_780)]
    [InlineData(10_446_222)]
    [InlineData(10_451_737)]
    [InlineData(10_748_186)]
    [InlineData(20_102_348)]
    [InlineData(30_247_269)]
    [InlineData(70_258_660)]
    [InlineData(70_294_625)]
    [InlineData(70_438_752)]
    [InlineData(70_459_595)]
    public void What_once_was_another_amount_is_the_same_now(long seed)
    {
        var output = new StringWriter();
        Assert.True(new Sweep(1, seed, 1).Run(output) == 0, output.ToString());
    }

    [Fact]
    public void Every_price_model_is_generated_and_priced()
    {
        Assert.Equal(Enum.GetValues<PriceModel>(), OraclePrices.Models.Keys.Append(PriceModel.Matrix).Order());
        Assert.Equal(Enum.GetValues<PriceModel>(), PriceMaker.Models.Order());
    }

    /// <summary>What no case has, no case can find wrong.</summary>
    [Fact]
    public void Whatever_a_life_can_have_occurs_in_a_few_hundred_cases()
    {
        Case[] cases = [.. Enumerable.Range(1, 600).Select(seed => CaseMaker.Make((ulong)seed))];
        PlanTaken[] taken = [.. cases.SelectMany(c => c.Taken)];
        ChargeDefinition[] charges = [.. taken.SelectMany(t => t.Plan.Charges)];
        ChargeAllowance[] allowances = [.. charges.SelectMany(c => c.Allowances)];
        var used = cases.SelectMany(c => c.Events.Select(e => c.Meters[e.Meter])).ToList();
        Assert.Multiple(
            () => Assert.Contains(cases, c => c.Taken.Count > 2),
            () => Assert.Contains(cases, c => c.Pauses.Any(p => p.BillsUsage)),
            () => Assert.Contains(cases, c => c.Pauses.Any(p => !p.BillsUsage)),
            () => Assert.Contains(cases, c => c.IsCancelled && c.Taken[0].Plan.Term is { EarlyTerminationFee.Percent: not null }),
            () => Assert.Contains(cases, c => c.Events.Any(e => e.Late)),
            () => Assert.Contains(taken, t => t.WithTrial && t.Plan.Trial is { Days: not null }),
            () => Assert.Contains(taken, t => t.WithTrial && t.Plan.Trial is { Periods: not null, Usage: UsageInTrial.Billed }),
            () => Assert.Contains(taken, t => t.Plan.Phases.Count > 1),
            () => Assert.Contains(taken, t => t.Agreed is { Charges.Count: > 0, Discounts.Count: > 0 }),
            () => Assert.Contains(taken, t => t.Plan.Lookups.Count > 1),
            () => Assert.Contains(charges, c => c.FromStates.Count > 0),
            () => Assert.Contains(charges, c => c.PerSession is not null),
            () => Assert.Contains(allowances, a => a.RollOver is { Minimum: not null, Maximum: not null, SurvivesPlanChange: true }),
            () => Assert.Contains(used, m => m.Session is { Reports: "register" }),
            () => Assert.Contains(used, m => m is { Integrates: true, UniqueOf: not null }),
            () => Assert.Contains(used, m => m is { Aggregation: "latest", CarryOver: true }));
    }

    [Fact]
    public void Every_contradiction_that_can_be_made_occurs()
    {
        var codes = Enumerable.Range(1, 4_000).Select(seed => ContradictionMaker.Any(new((ulong)seed), CaseMaker.Make((ulong)seed).Plan)?.Code)
            .OfType<string>().ToHashSet();
        Assert.Superset(
            new HashSet<string>
            {
                "plan.tiers_gap", "plan.tiers_not_ascending", "plan.tier_after_unbounded", "plan.minimum_above_maximum", "plan.unit_not_convertible",
                "plan.unit_unknown", "plan.price_out_of_range", "plan.quantity_out_of_range", "plan.currency_unknown", "plan.matrix_ambiguous",
                "plan.schedule_not_ascending", "plan.otherwise_missing", "plan.allowance_twice",
            },
            codes);
    }
}
