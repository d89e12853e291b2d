using NodaTime;
using OrleansBilling.Core.Devices;
using OrleansBilling.Core.Pricing;
using OrleansBilling.Oracle.Pricing;

namespace OrleansBilling.Oracle.Generation;

/// <summary>Random devices with their states, charges for them, and pools.</summary>
internal static class DeviceMaker
{
    private static readonly LifecycleState[] All = Enum.GetValues<LifecycleState>();

    /// <summary>Those that last until another one is told, whatever usage comes.</summary>
    private static readonly LifecycleState[] Lasting = [.. All.Where(s => !s.Activates())];

    internal static ChargeDefinition Charge(Dice dice, ChargeDefinition charge)
    {
        var price = new PriceDefinition { Model = PriceModel.Flat, Amount = PriceMaker.Signed(dice) };
        charge = charge with { Kind = ChargeKind.Recurring, Per = RecurringPer.Device, States = States(dice), Price = price };
        return dice.Below(5) switch
        {
            0 => charge with { Kind = ChargeKind.OneTime },
            4 => Transition(dice, charge with { Kind = ChargeKind.OneTime }),
            1 => charge with { Proration = RecurringProration.None },
            2 => charge with { Proration = RecurringProration.None, Price = PriceMaker.Tiers(dice) },
            _ => charge,
        };
    }

    /// <summary>For each change from some states to others: activation, suspension, resumption, an early end.</summary>
    private static ChargeDefinition Transition(Dice dice, ChargeDefinition charge)
    {
        LifecycleState[] from = [.. All.Where(_ => dice.Chance(50)).DefaultIfEmpty(LifecycleState.Active)];
        LifecycleState[] to = [.. All.Except(from).Where(_ => dice.Chance(60))];
        return to.Length == 0 ? charge : charge with { FromStates = from, States = to };
    }

    internal static AllowanceDefinition Pool(Dice dice) => new(
        dice.Number(3) + 0.001m, dice.Of(MemberShare.Prorated, MemberShare.Whole), dice.Of(MemberShare.Prorated, MemberShare.Whole),
        States(dice));

    /// <summary>Everybody's history lies in that of the subscription.</summary>
    internal static List<OracleDevice> Devices(Dice dice, Case made, Instant until) =>
        [.. Enumerable.Range(1, dice.From(1, 3)).Select(i => new OracleDevice($"d{i}", History(dice, made, until)))];

    private static List<(Instant From, Instant To, LifecycleState State)> History(Dice dice, Case made, Instant until)
    {
        if (dice.Chance(30))
        {
            return [(made.Start, made.End, LifecycleState.Active)];
        }

        Instant[] marks = [.. Enumerable.Range(0, dice.From(1, 5)).Select(_ => TimeMaker.Within(dice, made.Start, until)).Distinct().Order()];
        var history = new List<(Instant From, Instant To, LifecycleState State)>();
        for (var i = 0; i < marks.Length; i++)
        {
            var from = i == 0 && dice.Chance(40) ? made.Start : marks[i];
            var to = i + 1 < marks.Length ? marks[i + 1] : made.End;
            if (from < to && (i == 0 || dice.Chance(75)))
            {
                history.Add((from, to, dice.Chance(60) ? LifecycleState.Active : dice.Of(Lasting)));
            }
        }

        return history;
    }

    private static LifecycleState[] States(Dice dice) => dice.Chance(60) ? [] : [.. All.Where(_ => dice.Chance(40))];
}
