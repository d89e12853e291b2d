using OrleansBilling.Core.Amounts;
using OrleansBilling.Core.Periods;
using OrleansBilling.Core.Pricing;
using OrleansBilling.Core.Usage;

namespace OrleansBilling.Core.Allowances;

/// <summary>Splits what a pool costs among its devices, to the minor unit.</summary>
public static class PoolSharing
{
    /// <summary>Shares of every device, in the order given.</summary>
    /// <param name="charge">With an allowance; of a plan that was published.</param>
    /// <param name="meterUnit">Unit of the quantities.</param>
    /// <param name="period">The period that the days and quantities are of.</param>
    /// <param name="devices">Id, days for which it brings its quantity, and usage in the meter's unit.</param>
    /// <param name="amount">What the charge costs in the period.</param>
    /// <param name="split">How; where nobody has any of what it goes by, usage, then days, then equal parts decide.</param>
    public static IReadOnlyList<PoolMember> Share(
        ChargeDefinition charge, string meterUnit, BillingPeriod period,
        IReadOnlyList<(string Device, decimal Days, decimal Quantity)> devices, Money amount, PoolSplit split)
    {
        if (devices.Count == 0)
        {
            return [];
        }

        var metered = Unit.Parse(meterUnit);
        var priced = charge.Unit is null ? metered : Unit.Parse(charge.Unit);
        PoolMember[] members = [.. devices.Select(d => Member(charge.Allowance!, metered, priced, period, d, amount.Currency))];
        var parts = amount.Allocate(Weights(members, split));
        return [.. members.Select((member, i) => member with { Share = parts[i] })];
    }

    /// <summary>What devices bring together, in the priced unit: of the sum of their days, so that thirds of it are whole again.</summary>
    /// <param name="days">Of all devices.</param>
    public static decimal Included(ChargeDefinition charge, BillingPeriod period, decimal days) => ExactMath.Add(
        Brought(charge.Allowance!, period.Days, days), charge.FreeQuantity ?? 0m);

    /// <summary>What some device-days bring in a period of so many days, rounded half even to the places of a quantity.</summary>
    internal static decimal Brought(AllowanceDefinition allowance, int periodDays, decimal deviceDays) =>
        Brought(allowance.PerDevice, periodDays, deviceDays);

    /// <inheritdoc cref="Brought(AllowanceDefinition, int, decimal)"/>
    internal static decimal Brought(decimal perDevice, int periodDays, decimal deviceDays) =>
        DecimalText.Normalize(decimal.Round(
            new ProrationRatio((long)deviceDays, periodDays).Of(perDevice), QuantityLimits.MaxFractionalDigits,
            MidpointRounding.ToEven));

    private static PoolMember Member(
        AllowanceDefinition allowance, Unit metered, Unit priced, BillingPeriod period,
        (string Device, decimal Days, decimal Quantity) device, Currency currency)
    {
        _ = Unit.TryConvert(device.Quantity, metered, priced, out var used);
        var included = Brought(allowance, period.Days, device.Days);
        used = DecimalText.Normalize(used);
        return new(
            device.Device, device.Days, included, used, Math.Max(0m, ExactMath.Subtract(used, included)), Money.Zero(currency));
    }

    private static decimal[] Weights(PoolMember[] members, PoolSplit split)
    {
        Func<PoolMember, decimal>[] ways = [m => split == PoolSplit.Excess ? m.Excess : m.Used, m => m.Used, m => m.Days, _ => 1m];
        return ways.Select(way => Array.ConvertAll(members, m => Math.Max(0m, way(m)))).First(weights => weights.Any(w => w > 0m));
    }
}
