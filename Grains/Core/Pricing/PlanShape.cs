using System.Text.Json;
using OrleansBilling.Core.Validation;

namespace OrleansBilling.Core.Pricing;

/// <summary>
/// How a plan counts usage and devices, whatever it charges for them. Two plans of one shape rate the same totals, so that a
/// period can be rated again by corrected prices without its raw events.
/// </summary>
public static class PlanShape
{
    /// <summary>The first thing that two plans count otherwise; null when they have one shape.</summary>
    /// <returns>A pointer into <paramref name="other"/>. Codes: <c>plan.shape_differs</c>.</returns>
    public static ValidationError? Difference(PlanDefinition one, PlanDefinition other)
    {
        if (one.Currency != other.Currency)
        {
            return Differs("/currency", "the currency");
        }

        if (one.Cycle != other.Cycle)
        {
            return Differs("/cycle", "the billing cycle");
        }

        if (Text(one.Lookups.Select(Of)) != Text(other.Lookups.Select(Of)))
        {
            return Differs("/lookups", "the look-up tables");
        }

        if (Text(one.DeviceStates.Select(Of)) != Text(other.DeviceStates.Select(Of)))
        {
            return Differs("/deviceStates", "the rules of devices' states");
        }

        for (var i = 0; i < Math.Max(one.Charges.Count, other.Charges.Count); i++)
        {
            if (i >= one.Charges.Count || i >= other.Charges.Count)
            {
                return Differs($"/charges/{i}", "the number of charges");
            }

            if (Of(one.Charges[i]) != Of(other.Charges[i]))
            {
                return Differs($"/charges/{i}", $"what charge '{one.Charges[i].Id}' counts");
            }
        }

        return null;
    }

    private static ValidationError Differs(string pointer, string what) => new(
        pointer, "plan.shape_differs",
        $"A corrected plan has other prices and nothing else, because usage is counted already; {what} must stay as it was.");

    private static string Of(ChargeDefinition charge) => Text(
    [
        charge.Id, $"{charge.Kind}", charge.Meter ?? "", $"{charge.Of}",
        // Totals are kept in the unit of the meter, but for events, and for a schedule's amounts.
        charge.Of == UsageBasis.Events || charge.Schedule is not null || charge.Allowances.Any(a => a.Kind == AllowanceKind.Device)
            ? charge.Unit ?? "" : "",
        Text(charge.Where.Select(Of)), charge.Filter ?? "", $"{charge.PerEvent}", $"{charge.PerSession}", $"{charge.PerDevice}", Text(Windows(charge)),
        Text(Schedule(charge)),
        charge.TimeOfUse is null && charge.Schedule is null ? Of(charge.Price) : "",
        charge.Allowance is { } allowance ? $"{allowance.Joiner} {allowance.Leaver} {string.Join(',', allowance.States)}" : "",
        Text(charge.Allowances.Select(Of)), charge.PoolLimitPerDevice is { } limit ? $"{limit} {charge.Unit}" : "",
        charge.IsPerDevice ? $"{charge.Proration} {string.Join(',', charge.States)} {string.Join(',', charge.FromStates)}" : "",
    ]);

    private static IEnumerable<string> Windows(ChargeDefinition charge) => charge.TimeOfUse is not { } times ? [] :
    [
        Text(times.Holidays.Select(day => $"{day}")),
        .. times.Windows.Select(w => Text(
            [w.Name, string.Join(',', w.Weekdays ?? []), $"{w.From}", $"{w.To}", $"{w.Season}", $"{w.Holidays}", Of(w.Price)])),
        times.Otherwise is { } otherwise ? Text([otherwise.Name, Of(otherwise.Price)]) : "",
    ];

    /// <summary>Prices of bands are prices; those of entries are in the totals.</summary>
    private static IEnumerable<string> Schedule(ChargeDefinition charge) => charge.Schedule is not { } schedule ? [] :
        [Text(schedule.Bands.Select(band => band.Name)), .. schedule.Entries.Select(entry => $"{entry}"), $"{schedule.Until}"];

    private static string Of(PriceDefinition? price) => price?.Matrix is { } matrix
        ? Text(
        [
            Text(matrix.Dimensions), .. matrix.Rows.Select(row => Text([Text(row.Keys.Select(Of)), Events(row.Price)])),
            matrix.Otherwise is { } otherwise ? Text([Events(otherwise.Price)]) : "",
        ])
        : Events(price);

    /// <summary>Where each event is priced by itself, its money is in the totals.</summary>
    private static string Events(PriceDefinition? price) => price?.PricesEvents == true ? $"{price}" : "";

    /// <summary>What each device covers of its own is in the totals; how big pools are, and what blocks cost, is not.</summary>
    private static string Of(ChargeAllowance allowance) => Text(
    [
        allowance.Id, $"{allowance.Kind}", $"{allowance.Priority}", Text(allowance.Where.Select(Of)),
        $"{allowance.Joiner} {allowance.Leaver} {string.Join(',', allowance.States)}",
        allowance.Kind == AllowanceKind.Device ? $"{allowance.Quantity}" : "",
    ]);

    private static string Of(WhereClause clause) => Text([clause.Dimension, .. clause.Values]);

    private static string Of(DeviceStateRule rule) => JsonSerializer.Serialize(rule);

    private static string Of(LookupDefinition lookup) => JsonSerializer.Serialize(lookup);

    private static string Text(IEnumerable<string> parts) => JsonSerializer.Serialize(parts);
}
