using OrleansBilling.Core.Allowances;
using OrleansBilling.Core.Amounts;
using OrleansBilling.Core.Devices;
using OrleansBilling.Core.Periods;
using OrleansBilling.Core.Pricing;

namespace OrleansBilling.Core.Rating;

/// <summary>Rates what is due for each device, and what the devices bring to a pool.</summary>
/// <remarks>The total of a presence bucket has days or devices as its quantity, and devices as its events.</remarks>
internal static class DeviceRating
{
    /// <summary>Null when there was no device and nothing is due without one.</summary>
    internal static RatedCharge? Rate(
        CompiledPlan plan, CompiledCharge charge, BillingPeriod period, bool isActive, ProrationRatio share,
        IReadOnlyDictionary<BucketKey, BucketTotal> totals)
    {
        var total = totals.GetValueOrDefault(charge.PresenceKey);
        if (total.Quantity == 0m && total.Events == 0 && !(isActive && charge.Definition.Minimum is > 0m))
        {
            return null;
        }

        var price = charge.Definition.Price!;
        var steps = new StepList();
        var byDay = charge.Presence!.Count == PresenceCount.Days;
        var isChange = charge.Presence.Count == PresenceCount.Transitions;
        if (byDay)
        {
            ByDay(total, price.Amount!.Value, period.Days, steps);
        }
        else if (price.Amount is { } amount)
        {
            steps.Price(isChange ? Changes(total.Quantity) : Devices(total.Quantity), total.Quantity, amount);
        }
        else
        {
            PriceEvaluation.Evaluate(
                price, total.Quantity, total, TierPlace.Alone(total.Quantity), period.Days, "", "devices", steps);
        }

        var kind = charge.Definition.Kind == ChargeKind.OneTime ? "oneTime" : "recurring";
        return ChargeClosing.Close(plan, charge, kind, total.Quantity, byDay ? "device-days" : isChange ? "changes" : "devices", 0, share, steps);
    }

    /// <summary>The quantity that the devices bring to the charge's pool, in the priced unit.</summary>
    /// <returns>A quantity without a finite decimal of <see cref="QuantityLimits.MaxFractionalDigits"/> places is rounded half even
    /// to that many.</returns>
    internal static (decimal Quantity, bool IsExact, string Text) Pool(
        CompiledCharge charge, AllowanceDefinition allowance, int days, IReadOnlyDictionary<BucketKey, BucketTotal> totals)
    {
        var total = totals.GetValueOrDefault(charge.PresenceKey);
        var text = $"pool of {Devices(total.Events)}, {PriceEvaluation.Count(allowance.PerDevice, charge.PricedUnit!.Symbol)} each";
        if (total.Quantity != total.Events * days)
        {
            text += $", for {DecimalText.Format(total.Quantity)} of {total.Events * days} device-days";
        }

        var quantity = PoolSharing.Brought(allowance, days, total.Quantity);
        var isExact = ExactMath.TryDivide(ExactMath.Multiply(allowance.PerDevice, total.Quantity), days, out var quotient)
            && quantity == quotient;
        return (quantity, isExact, text);
    }

    private static void ByDay(BucketTotal total, decimal amount, int days, StepList steps)
    {
        if (total.Quantity == total.Events * days)
        {
            steps.Price(Devices(total.Events), total.Events, amount);
            return;
        }

        var text = $"{Devices(total.Events)}, {DecimalText.Format(total.Quantity)} of {total.Events * days} device-days";
        steps.Add(text, total.Quantity, null, new ProrationRatio((long)total.Quantity, days).Of(amount), StepKinds.Price);
    }

    private static string Changes(decimal count) =>
        count == 1m ? "1 change of state" : $"{DecimalText.Format(count)} changes of state";

    internal static string Devices(decimal count) => count == 1m ? "1 device" : $"{DecimalText.Format(count)} devices";
}
