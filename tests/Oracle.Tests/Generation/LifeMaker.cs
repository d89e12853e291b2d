using NodaTime;
using OrleansBilling.Core.Pricing;
using OrleansBilling.Oracle.Pricing;

namespace OrleansBilling.Oracle.Generation;

/// <summary>What happens in a subscription's life: trial, phases, agreed terms, changes of plan, pauses, an early end.</summary>
internal static class LifeMaker
{
    /// <summary>Trial, phases and term of the plan that a subscription begins with.</summary>
    internal static PlanDefinition Staged(Dice dice, PlanDefinition plan) => plan with
    {
        Trial = dice.Chance(25)
            ? Trial(dice, dice.Chance(60) ? dice.From(1, 40) : null)
            : null,
        Phases = dice.Chance(25)
            ? [.. Enumerable.Range(0, dice.From(1, 2)).Select(i => Phase(dice, plan, i)).OfType<PhaseDefinition>()]
            : [],
        Term = dice.Chance(25)
            ? new(dice.From(1, 4), dice.Chance(60), dice.Chance(80) ? Fee(dice) : null)
            : null,
    };

    /// <summary>Another plan of the same currency and cycle, or the same one with other prices.</summary>
    internal static PlanTaken Next(Dice dice, PlanTaken before, Func<PlanDefinition> other, int index, Instant at)
    {
        var plan = dice.Chance(50)
            ? other() with { Id = $"p{index}" }
            : before.Plan with
            {
                Id = $"p{index}", Trial = null, Phases = [], Term = null, Charges = [.. before.Plan.Charges.Select(c => Changed(dice, c))],
            };
        return new(at, plan, Agreed(dice, plan, $"g{index}"), false);
    }

    internal static PlanOverrides? Agreed(Dice dice, PlanDefinition plan, string name) =>
        dice.Chance(20) ? Terms(dice, plan, name, dice.Chance(50)) : null;

    /// <summary>Within the life of the subscription, one after the other; the last one may never end.</summary>
    internal static IReadOnlyList<Pause> Pauses(Dice dice, Case made, Instant until)
    {
        Instant[] marks =
            [.. Enumerable.Range(0, 2 * dice.From(1, 2)).Select(_ => Moment(dice, made, made.Start, until)).Distinct().Order()];
        return
        [
            .. Enumerable.Range(0, (marks.Length + 1) / 2).Select(i => new Pause(
                marks[2 * i], (2 * i) + 1 < marks.Length ? marks[(2 * i) + 1] : Instant.MaxValue, dice.Chance(50))),
        ];
    }

    /// <summary>Any instant, or the start of a local day or of a period.</summary>
    internal static Instant Moment(Dice dice, Case made, Instant from, Instant to)
    {
        var time = TimeMaker.Within(dice, from, to);
        var moment = dice.Below(3) switch
        {
            0 => time,
            1 => made.Clock.StartOf(made.Clock.DayAt(time)),
            _ => made.Period(made.IndexAt(time)).Start,
        };
        return moment > from && moment < to ? moment : time;
    }

    private static TrialDefinition Trial(Dice dice, int? days) => new(
        days, days is null ? dice.From(1, 2) : null, dice.Of(UsageInTrial.Free, UsageInTrial.Billed), dice.Chance(50));

    private static PhaseDefinition? Phase(Dice dice, PlanDefinition plan, int index) =>
        Terms(dice, plan, $"f{index}", periods: false) is { } terms ? new($"phase {index}", dice.From(1, 2), terms) : null;

    private static PlanOverrides? Terms(Dice dice, PlanDefinition plan, string name, bool periods)
    {
        ChargeOverride[] charges = [.. plan.Charges.Where(_ => dice.Chance(60)).Select(c => Other(dice, c)).OfType<ChargeOverride>()];
        DiscountDefinition[] discounts = dice.Chance(35)
            ? [new(name, name, dice.From(0, 10_000) / 100m, null, [], periods ? dice.From(1, 2) : null)]
            : [];
        return charges.Length + discounts.Length > 0 ? new(charges, discounts) : null;
    }

    private static ChargeOverride? Other(Dice dice, ChargeDefinition charge)
    {
        var simple = charge.Price is { Model: not (PriceModel.Matrix or PriceModel.Percentage or PriceModel.Dynamic) };
        var other = new ChargeOverride
        {
            Charge = charge.Id,
            Price = !simple ? null
                : charge.Kind == ChargeKind.Usage ? PriceMaker.Any(dice)
                : charge.Price!.Model == PriceModel.Flat ? new() { Model = PriceModel.Flat, Amount = PriceMaker.Signed(dice) }
                : null,
            DiscountPercent = dice.Chance(40) ? dice.From(0, 10_000) / 100m : null,
            FreeQuantity = simple && charge is { Kind: ChargeKind.Usage, Allowances.Count: 0 } && dice.Chance(30) ? dice.Number(3) : null,
            Maximum = dice.Chance(20) ? (charge.Minimum ?? 0m) + dice.Number() : null,
        };
        return other is { Price: null, DiscountPercent: null, FreeQuantity: null, Maximum: null } ? null : other;
    }

    private static ChargeDefinition Changed(Dice dice, ChargeDefinition charge) => charge.Price switch
    {
        { Model: PriceModel.Flat } flat => charge with { Price = flat with { Amount = PriceMaker.Signed(dice) } },
        { Model: PriceModel.PerUnit } unit => charge with { Price = unit with { UnitPrice = PriceMaker.Signed(dice) } },
        _ => charge,
    };

    private static TerminationFeeDefinition Fee(Dice dice) =>
        dice.Chance(30) ? new("left early", dice.Number(), null) : new("left early", null, dice.From(0, 10_000) / 100m);
}
