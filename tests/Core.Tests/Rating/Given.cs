using System.Collections.Concurrent;
using OrleansBilling.Core.Amounts;
using OrleansBilling.Core.Periods;
using OrleansBilling.Core.Pricing;
using OrleansBilling.Core.Rating;
using OrleansBilling.Core.Tests.Pricing;
using OrleansBilling.Core.Usage;

namespace OrleansBilling.Core.Tests.Rating;

/// <summary>Plans, periods and usage for tests, from the JSON that customers write.</summary>
internal static class Given
{
    internal static readonly DateTimeZone Utc = DateTimeZone.Utc;

    internal static readonly KeyValuePair<string, string>[] NoDimensions = [];

    internal static readonly IReadOnlyDictionary<BucketKey, BucketTotal> NoUsage = new Dictionary<BucketKey, BucketTotal>();

    /// <summary>Every plan that is good enough to publish must be valid by the published schema; each is looked at once.</summary>
    private static readonly ConcurrentDictionary<string, byte> CheckedBySchema = new(StringComparer.Ordinal);

    private static readonly Dictionary<string, MeterDefinition> Meters = new MeterDefinition[]
    {
        new("electricity", "Electricity", "kWh"),
        new("data", "Data", "B"),
        new("water", "Water", "L"),
        new("ride", "Ride", "s"),
        new("minutes", "Minutes", "min"),
        new("messages", "Messages", "messages", "count"),
        new("units", "Units", "1"),
        new("peak", "Peak", "kW", "max"),
        new("devicePeak", "Peak of each device", "kW", "max", Per: "device"),
        new("least", "Least", "kW", "min"),
        new("level", "Level", "L", "latest"),
        new("deviceLevel", "Level of each device", "L", "latest", Per: "device"),
        new("sessions", "Sessions", "sessions", "unique", UniqueOf: "session"),
        new("deviceSessions", "Sessions of each device", "sessions", "unique", Per: "device", UniqueOf: "session"),
        new("payments", "Payments", "EUR"),
        new("tolls", "Tolls", "CAD"),
        new("payouts", "Payouts", "USD"),
        new("stored", "Stored", "GiB", MeterDefinition.TimeWeighted),
        new("userTime", "User time", "users", MeterDefinition.TimeWeighted, UniqueOf: "user", Operation: "operation"),
        new("users", "Users", "users", "unique", Per: "device", UniqueOf: "user", CarryOver: true, Operation: "operation"),
        new("seats", "Seats", "seats", "sum", CarryOver: true),
        new("calls", "Calls", "s", Session: new("duration", TimeoutSeconds: 3_600)),
        new("charging", "Charging", "Wh", Session: new("register")),
        new("volume", "Volume", "B", Session: new()),
        new("zoned", "Zoned", "MB", Dimensions: [new("zone", null, ["eu", "us"])]),
        new("traffic", "Traffic", "MB", Value: "(up + down) / 1000"),
        new("till", "Till", "EUR", "sum", new(null)),
    }.ToDictionary(m => m.Id);

    /// <summary>A decimal written as text; test data never passes through floating point.</summary>
    internal static decimal D(string text)
    {
        Assert.True(DecimalText.TryParse(text, out var value));
        return value;
    }

    internal static MeterDefinition? Meter(string id) => Meters.GetValueOrDefault(id);

    internal static PlanDefinition Plan(string charges, string currency = "EUR", string more = "")
    {
        var json = $$"""{"id":"p","currency":"{{currency}}",{{more}}"charges":[{{charges}}]}""";
        var parsed = PlanJson.Parse(json);
        Assert.Empty(parsed.Errors);
        if (CheckedBySchema.TryAdd(json, 0) && PlanValidator.Validate(parsed.Plan!, Meter).Count == 0)
        {
            Assert.Empty(PlanSchema.Problems(json));
        }

        return parsed.Plan!;
    }

    internal static CompiledPlan Compiled(string charges, string currency = "EUR", string more = "") =>
        CompiledPlan.Compile(Plan(charges, currency, more), Meter);

    internal static BillingPeriod Month(int year, int month, DateTimeZone? zone = null) =>
        new BillingCalendar(zone ?? Utc, new(year, month, 1), BillingCycle.Monthly).Period(0);

    internal static BillingPeriod Days(LocalDate from, int days, DateTimeZone? zone = null) =>
        new BillingCalendar(zone ?? Utc, from, new(CycleUnit.Day, days)).Period(0);

    internal static Dictionary<BucketKey, BucketTotal> Totals(
        CompiledPlan plan, string meter, IEnumerable<(Instant Time, decimal Value)> usage, DateTimeZone? zone = null) =>
        Totals(plan, meter, usage.Select(u => (u.Time, u.Value, NoDimensions)), zone);

    internal static Dictionary<BucketKey, BucketTotal> Totals(
        CompiledPlan plan,
        string meter,
        IEnumerable<(Instant Time, decimal Value, KeyValuePair<string, string>[] Dimensions)> usage,
        DateTimeZone? zone = null)
    {
        var totals = new Dictionary<BucketKey, BucketTotal>();
        foreach (var (time, value, dimensions) in usage)
        {
            var contributions = new List<Contribution>();
            Assert.Null(plan.Contribute(meter, time, value, dimensions, zone ?? Utc, contributions));
            foreach (var contribution in contributions)
            {
                totals[contribution.Key] = totals.GetValueOrDefault(contribution.Key).Add(contribution);
            }
        }

        return totals;
    }

    /// <summary>Rates usage at the period's start in a whole first period.</summary>
    internal static IReadOnlyList<RatedCharge> Rated(
        CompiledPlan plan, string meter, BillingPeriod period, params decimal[] values) =>
        PeriodRating.Rate(plan, period, period.ToInterval(), Utc, isFirstPeriod: true,
            Totals(plan, meter, values.Select(value => (period.Start, value))));

    /// <summary>Rates one quantity of a meter in a 30-day month; the one line, if there is one.</summary>
    internal static RatedCharge? Line(string charge, decimal quantity, string meter = "units", string currency = "EUR") =>
        Rated(Compiled(charge, currency), meter, Month(2024, 6), quantity).SingleOrDefault();
}
