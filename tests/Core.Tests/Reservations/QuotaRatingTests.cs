using OrleansBilling.Core.Amounts;
using OrleansBilling.Core.Periods;
using OrleansBilling.Core.Rating;
using OrleansBilling.Core.Reservations;
using OrleansBilling.Core.Tests.Rating;
using static OrleansBilling.Core.Tests.Rating.Given;

namespace OrleansBilling.Core.Tests.Reservations;

public class QuotaRatingTests
{
    private static readonly BillingPeriod June = Month(2024, 6);
    private static readonly decimal Least = new(1, 0, 0, false, 12);

    /// <summary>By hand: what is left of the limit, at the price of the tier that is reached.</summary>
    [Theory]
    // 500 free, then blocked: of 480 used 20 are left.
    [InlineData("\"unitPrice\":\"1\",\"freeQuantity\":\"500\",\"blockAt\":\"included\"", "480", "0", "50", "20")]
    [InlineData("\"unitPrice\":\"1\",\"freeQuantity\":\"500\",\"blockAt\":\"included\"", "480", "15", "50", "5")]
    [InlineData("\"unitPrice\":\"1\",\"freeQuantity\":\"500\",\"blockAt\":\"included\"", "501", "0", "50", "0")]
    // 10.00 at 0.30 are 33.333…; the 12th place is cut.
    [InlineData("\"unitPrice\":\"0.3\",\"maximum\":\"10\",\"blockAt\":\"maximum\"", "0", "0", "50", "33.333333333333")]
    [InlineData("\"unitPrice\":\"0.3\",\"maximum\":\"10\",\"blockAt\":\"maximum\"", "10", "20", "50", "3.333333333333")]
    // A quarter off: 10.00 buy what 13.333… would.
    [InlineData("\"unitPrice\":\"1\",\"discountPercent\":\"25\",\"maximum\":\"10\",\"blockAt\":\"maximum\"", "3", "0", "50", "10.333333333333")]
    [InlineData("\"unitPrice\":\"1\",\"discountPercent\":\"100\",\"maximum\":\"10\",\"blockAt\":\"maximum\"", "3", "0", "50", "50")]
    // Semantics 1, graduated: 100 cost 110.00, entering the second tier 5.00 more, each unit 0.50.
    [InlineData("\"model\":\"graduated\",\"tiers\":[{\"upTo\":\"100\",\"unitPrice\":\"1\",\"flatFee\":\"10\"},{\"unitPrice\":\"0.5\",\"flatFee\":\"5\"}],\"maximum\":\"112\",\"blockAt\":\"maximum\"", "90", "0", "50", "10")]
    [InlineData("\"model\":\"graduated\",\"tiers\":[{\"upTo\":\"100\",\"unitPrice\":\"1\",\"flatFee\":\"10\"},{\"unitPrice\":\"0.5\",\"flatFee\":\"5\"}],\"maximum\":\"116\",\"blockAt\":\"maximum\"", "90", "0", "50", "12")]
    // Semantics 1, volume: 101 cost 55.50, but on the way there 100 cost 110.00, and nobody knows how much will be used.
    [InlineData("\"model\":\"volume\",\"tiers\":[{\"upTo\":\"100\",\"unitPrice\":\"1\",\"flatFee\":\"10\"},{\"unitPrice\":\"0.5\",\"flatFee\":\"5\"}],\"maximum\":\"60\",\"blockAt\":\"maximum\"", "0", "0", "105", "50")]
    [InlineData("\"model\":\"volume\",\"tiers\":[{\"upTo\":\"100\",\"unitPrice\":\"1\",\"flatFee\":\"10\"},{\"unitPrice\":\"0.5\",\"flatFee\":\"5\"}],\"maximum\":\"60\",\"blockAt\":\"maximum\"", "101", "0", "50", "9")]
    // Semantics 1, package: 100 for 5.00, 50 free. 12.00 buy two.
    [InlineData("\"model\":\"package\",\"packageSize\":\"100\",\"packagePrice\":\"5\",\"freeUnits\":\"50\",\"maximum\":\"12\",\"blockAt\":\"maximum\"", "151", "0", "200", "99")]
    // Semantics 1, stairstep: up to 100 for 20, up to 500 for 60.
    [InlineData("\"model\":\"stairstep\",\"tiers\":[{\"upTo\":\"100\",\"flatFee\":\"20\"},{\"upTo\":\"500\",\"flatFee\":\"60\"},{\"flatFee\":\"150\"}],\"maximum\":\"59.99\",\"blockAt\":\"maximum\"", "30", "0", "200", "70")]
    [InlineData("\"model\":\"stairstep\",\"tiers\":[{\"upTo\":\"100\",\"flatFee\":\"20\"},{\"upTo\":\"500\",\"flatFee\":\"60\"},{\"flatFee\":\"150\"}],\"maximum\":\"60\",\"blockAt\":\"maximum\"", "30", "0", "900", "470")]
    // The period's quantity is billed in tens: 33.333… are three of them.
    [InlineData("\"unitPrice\":\"0.3\",\"perLine\":{\"roundTo\":\"10\"},\"maximum\":\"10\",\"blockAt\":\"maximum\"", "1", "0", "50", "29")]
    // Each use is billed in fives, and one counts as little as what it is granted for: 3 fives are in 17.
    [InlineData("\"unitPrice\":\"1\",\"perEvent\":{\"roundUpTo\":\"5\"},\"maximum\":\"17\",\"blockAt\":\"maximum\"", "0", "0", "50", "15")]
    [InlineData("\"unitPrice\":\"1\",\"of\":\"events\",\"maximum\":\"1\",\"blockAt\":\"maximum\"", "0", "0", "50", "50")]
    [InlineData("\"unitPrice\":\"1\",\"of\":\"events\",\"maximum\":\"1\",\"blockAt\":\"maximum\"", "1", "0", "50", "0")]
    // 500 free and 10.00 beyond them.
    [InlineData("\"unitPrice\":\"1\",\"freeQuantity\":\"500\",\"maximum\":\"10\",\"blockAt\":\"maximum\"", "0", "0", "600", "510")]
    [InlineData("\"unitPrice\":\"1\",\"maximum\":\"10\"", "0", "0", "600", "600")]
    public void What_is_left_of_a_limit_is_granted(string charge, string used, string held, string wanted, string granted)
    {
        var plan = Compiled($$"""{"id":"a","meter":"units",{{charge}}}""");
        var grant = QuotaRating.Grant(Scene(plan, D(used), D(held)), Use(D(wanted)));
        Assert.Equal((D(granted), D(granted) < D(wanted) ? "a" : null), (grant.Quantity, grant.LimitedBy));
    }

    /// <summary>Gigabytes are sold and bytes are metered: 1.5 GB at 10.00 a GB leave 8.5 GB of 100.00.</summary>
    [Fact]
    public void Limits_are_told_in_the_meters_unit()
    {
        var plan = Compiled("""{"id":"a","meter":"data","unit":"GB","unitPrice":"10","maximum":"100","blockAt":"maximum"}""");
        var scene = Scene(plan, 1_500_000_000m, 0m);
        Assert.Equal(8_500_000_000m, QuotaRating.Grant(scene, Use(9_000_000_000m, "data")).Quantity);
    }

    [Fact]
    public void A_pool_ends_where_what_its_devices_bring_ends()
    {
        var plan = Compiled("""{"id":"a","meter":"units","unitPrice":"1","allowance":{"perDevice":"10"},"blockAt":"included"}""");
        var used = new Dictionary<BucketKey, BucketTotal> { [new(0, 0)] = new(12m, 0m, 3), [new(0, 1)] = new(60m, 0m, 2) };
        var scene = new QuotaScene(plan, June, June.ToInterval(), Utc, used, new Dictionary<BucketKey, decimal> { [new(0, 0)] = 3m });
        Assert.Equal(5m, QuotaRating.Grant(scene, Use(100m)).Quantity);
    }

    [Fact]
    public void The_tightest_of_several_charges_decides()
    {
        var plan = Compiled(
            """
            {"id":"a","meter":"units","unitPrice":"1","maximum":"10","blockAt":"maximum"},
            {"id":"b","meter":"units","unitPrice":"2","maximum":"10","blockAt":"maximum"},
            {"id":"c","meter":"units","unitPrice":"2"}
            """);
        var grant = QuotaRating.Grant(Scene(plan, 0m, 0m), Use(100m));
        Assert.Equal((5m, "b"), (grant.Quantity, grant.LimitedBy));
        Assert.Equal([new(new(0, 0), 5m), new(new(1, 0), 5m), new(new(2, 0), 5m)], grant.Holds);
    }

    /// <summary>8.00 are used or reserved by day, so 2.00 are left, for 20 at night.</summary>
    [Fact]
    public void Windows_share_a_maximum_and_a_grant_ends_with_its_window()
    {
        var plan = Compiled(
            """
            {"id":"a","meter":"units","timeOfUse":{"windows":[{"name":"day","from":"08:00","to":"20:00","unitPrice":"1"}],
              "otherwise":{"unitPrice":"0.1"}},"maximum":"10","blockAt":"maximum"}
            """);
        var scene = new QuotaScene(
            plan, June, June.ToInterval(), Utc, new Dictionary<BucketKey, BucketTotal> { [new(0, 0)] = new(5m, 0m, 1) },
            new Dictionary<BucketKey, decimal> { [new(0, 0)] = 3m });
        var night = Use(100m) with { Time = Instant.FromUtc(2024, 6, 3, 7, 30) };
        Assert.Equal(20m, QuotaRating.Grant(scene, night).Quantity);
        Assert.Equal(Instant.FromUtc(2024, 6, 3, 8, 0), QuotaRating.SamePriceUntil(scene, night, night.Time + Duration.FromHours(2)));
        Assert.Equal(
            Instant.FromUtc(2024, 6, 3, 7, 40), QuotaRating.SamePriceUntil(scene, night, night.Time + Duration.FromMinutes(10)));
    }

    /// <summary>Half of the month, half of the maximum.</summary>
    [Fact]
    public void A_part_of_a_period_has_its_share_of_the_maximum()
    {
        var plan = Compiled("""{"id":"a","meter":"units","unitPrice":"1","maximum":"10","prorateBounds":true,"blockAt":"maximum"}""");
        var scene = Scene(plan, 0m, 0m) with { Active = new(June.Start + Duration.FromDays(15), June.End) };
        Assert.Equal(5m, QuotaRating.Grant(scene, Use(100m)).Quantity);
    }

    [Fact]
    public void Usage_without_a_price_is_told_apart_from_usage_beyond_a_limit()
    {
        var plan = Compiled("""{"id":"a","meter":"units","unitPrice":"1","maximum":"10","blockAt":"maximum"}""");
        Assert.Equal(RatingReasons.NoChargeForMeter, QuotaRating.Grant(Scene(plan, 0m, 0m), Use(1m, "data")).Reason);
    }

    /// <summary>
    /// Against the engine itself, which prices one quantity at a time: whatever part of the reserved quantity is used, the maximum holds;
    /// and with the very next quantity it would not.
    /// </summary>
    [Fact]
    public void A_grant_is_the_largest_that_never_exceeds_the_maximum() =>
        Gen.Select(Charges, Gen.Int[0, 60], Gen.Int[0, 40], Gen.Int[1, 120], Gen.Int[1, 6_000]).Sample((charge, used, held, wanted, maximum) =>
        {
            var free = Compiled($$"""{"id":"a","meter":"units",{{charge}}}""");
            var most = maximum / 100m;
            var limited = Compiled($$"""{"id":"a","meter":"units",{{charge}},"maximum":"{{DecimalText.Format(most)}}","blockAt":"maximum"}""");
            var granted = QuotaRating.Grant(Scene(limited, used, held), Use(wanted)).Quantity;
            var all = used + held + granted;
            var exceeds = Points(used, all).Any(q => Amount(free, q) > most);
            if (granted > 0m && exceeds)
            {
                return false;
            }

            // Rounding leaps over the peaks of volume tiers; a grant does not count on that, and may be smaller than need be.
            var leaps = charge.Contains("volume", StringComparison.Ordinal) && charge.Contains("perLine", StringComparison.Ordinal);
            return granted == wanted || exceeds || leaps || Amount(free, all + (3 * Least)) > most;
        }, iter: 1_000);

    /// <summary>
    /// The same for money: the rounded line never comes to more than what is paid for it, and with the very next quantity its exact amount
    /// would.
    /// </summary>
    [Fact]
    public void A_grant_is_the_largest_that_the_money_pays_for() =>
        Gen.Select(Charges, Gen.Int[0, 60], Gen.Int[0, 40], Gen.Int[1, 120], Gen.Int[0, 4_000]).Sample((charge, used, held, wanted, more) =>
        {
            var plan = Compiled($$"""{"id":"a","meter":"units",{{charge}}}""");
            var scene = Scene(plan, used, held);
            var ceiling = MoneyRating.Ceiling(scene, 0, new Money(more, plan.Currency));
            var granted = QuotaRating.Grant(scene with { Ceilings = new Dictionary<int, Money> { [0] = ceiling }, HasFundsLimit = true }, Use(wanted));
            var all = used + held + granted.Quantity;
            if (granted.Quantity > 0m && Points(used, all).Any(q => Line(plan, q) > ceiling.ToDecimal()))
            {
                return false;
            }

            var cost = MoneyRating.Costs(scene with { Held = new Dictionary<BucketKey, decimal> { [new(0, 0)] = held + granted.Quantity } });
            var kept = MoneyRating.Costs(scene).Sum(c => c.More.ToDecimal());
            if (cost.Sum(c => c.More.ToDecimal()) > kept + (more / 100m))
            {
                return false;
            }

            var leaps = charge.Contains("volume", StringComparison.Ordinal) && charge.Contains("perLine", StringComparison.Ordinal);
            return granted.Quantity == wanted || leaps || (granted.Limit == QuotaLimit.Balance && Points(used, all + (3 * Least)).Any(q => Amount(plan, q) > ceiling.ToDecimal()));
        }, iter: 1_000);

    /// <summary>Between a minimum of 20.00 and a maximum of 50.00, 10.00 more pay for charges of 30.00; 40.00 more for any.</summary>
    [Theory]
    [InlineData(0, 1_000, 3_000L, 1_000)]
    [InlineData(1_500, 1_000, 1_500L, 1_000)]
    [InlineData(2_500, 1_000, 1_000L, 1_000)]
    [InlineData(0, 3_000, null, 3_000)]
    [InlineData(4_500, 500, null, 500)]
    [InlineData(6_000, 0, null, 0)]
    public void Bounds_of_the_whole_bill_turn_money_into_charges(long charged, long amount, long? room, long added)
    {
        var plan = Compiled(
            """{"id":"a","meter":"units","unitPrice":"1"}""", more: "\"minimum\":{\"amount\":\"20\"},\"maximum\":{\"amount\":\"50\"},");
        var scene = Scene(plan, 0m, 0m);
        Assert.Equal(room, MoneyRating.Room(scene, new(charged, plan.Currency), new(amount, plan.Currency))?.MinorUnits);
        Assert.Equal(added, MoneyRating.Added(scene, new(charged, plan.Currency), new(room ?? 100_000, plan.Currency)).MinorUnits);
    }

    /// <summary>10 for eu, 20 for all: by hand.</summary>
    [Theory]
    [InlineData("eu", 0, 0, 0, 50, 30)]
    [InlineData("us", 0, 0, 0, 50, 20)]
    [InlineData("eu", 0, 0, 15, 50, 15)]
    [InlineData("us", 25, 0, 0, 50, 5)]
    [InlineData("us", 4, 0, 0, 50, 20)]
    [InlineData("eu", 0, 33, 0, 50, 10)]
    [InlineData("us", 0, 33, 0, 50, 0)]
    [InlineData("us", 0, 0, 0, 7, 7)]
    public void Of_several_pools_what_they_cover_of_the_class_is_granted(
        string zone, int usedEu, int usedUs, int heldUs, int wanted, int granted)
    {
        var plan = Compiled(Pools("10", "20"));
        var grant = QuotaRating.Grant(Zones(plan, usedEu, usedUs, 0m, heldUs), Use(wanted) with { Dimensions = [new("zone", zone)] });
        Assert.Equal((granted, granted < wanted ? "a" : null), ((int)grant.Quantity, grant.LimitedBy));
    }

    /// <summary>Nothing that is covered, with all or any part of what is reserved, becomes uncovered; and the next quarter would.</summary>
    [Fact]
    public void Of_several_pools_all_that_fits_is_granted_and_no_more() =>
        Gen.Select(Gen.Int[0, 40].Array[2], Gen.Int[0, 60].Array[2], Gen.Int[0, 60].Array[2], Gen.Bool, Gen.Int[0, 4]).Sample(
            (sizes, used, held, isEu, part) =>
            {
                string Size(int n) => DecimalText.Format((n + 1) / 4m);
                var plan = Compiled(Pools(Size(sizes[0]), Size(sizes[1])));
                decimal[] u = [used[0] / 4m, used[1] / 4m], h = [held[0] / 4m, held[1] / 4m];
                var scene = Zones(plan, u[0], u[1], h[0], h[1]);
                var granted = QuotaRating.Grant(scene, Use(100m) with { Dimensions = [new("zone", isEu ? "eu" : "us")] }).Quantity;
                // Billed at 1.00 a unit: what is beyond the pools.
                decimal Beyond(decimal share, decimal eu, decimal us) => PeriodRating.Rate(
                    plan, June, June.ToInterval(), Utc, true, ZoneTotals(plan, u[0] + (share * h[0]) + eu, u[1] + (share * h[1]) + us)).Sum(l => l.ExactAmount);
                decimal With(decimal share, decimal more) => isEu ? Beyond(share, more, 0m) : Beyond(share, 0m, more);
                var rest = part / 4m;
                return With(1m, granted) == Beyond(1m, 0m, 0m) && With(1m, granted + 0.25m) > Beyond(1m, 0m, 0m)
                    && With(rest, granted) <= Beyond(1m, 0m, 0m);
            }, iter: 2_000);

    private static string Pools(string eu, string all) => $$"""
        {"id":"a","meter":"units","unitPrice":"1","blockAt":"included","allowances":[
          {"id":"all","name":"All","kind":"fixed","quantity":"{{all}}"},
          {"id":"eu","name":"Europe","kind":"fixed","quantity":"{{eu}}","where":{"zone":["eu"] } } ] }
        """;

    private static QuotaScene Zones(CompiledPlan plan, decimal usedEu, decimal usedUs, decimal heldEu, decimal heldUs) => new(
        plan, June, June.ToInterval(), Utc, ZoneTotals(plan, usedEu, usedUs),
        ZoneTotals(plan, heldEu, heldUs).ToDictionary(t => t.Key, t => t.Value.Quantity));

    private static Dictionary<BucketKey, BucketTotal> ZoneTotals(CompiledPlan plan, decimal eu, decimal us)
    {
        var totals = new Dictionary<BucketKey, BucketTotal>();
        foreach (var (zone, quantity) in new[] { ("eu", eu), ("us", us) }.Where(z => z.Item2 > 0m))
        {
            var contributions = new List<Contribution>();
            Assert.Null(plan.Contribute("units", June.Start, quantity, [new("zone", zone)], Utc, contributions));
            totals.Add(contributions.Single().Key, new(quantity, 0m, 1));
        }
        return totals;
    }

    private static decimal Line(CompiledPlan plan, decimal quantity) =>
        PeriodRating.Rate(plan, June, June.ToInterval(), Utc, true, Used(quantity)).Sum(line => line.Amount.ToDecimal());

    private static readonly Gen<string> Tiers = Gen.Select(Gen.Int[1, 40].Array[0, 4], Gen.Int[0, 200].Array[5], Gen.Int[-1, 900].Array[5]).Select(
        (widths, prices, fees) =>
        {
            var bound = 0m;
            var tiers = widths.Select(w => (decimal?)(bound += w / 2m)).Append(null).Select((upTo, i) =>
                $$"""{"upTo":{{(upTo is { } b ? $"\"{DecimalText.Format(b)}\"" : "null")}},"unitPrice":"{{DecimalText.Format(prices[i] / 100m)}}"{{(fees[i] < 0 ? "" : $",\"flatFee\":\"{DecimalText.Format(fees[i] / 100m)}\"")}}}""");
            return string.Join(',', tiers);
        });

    private static readonly Gen<string> Prices = Gen.OneOf(
        Gen.Int[0, 300].Select(p => $"\"unitPrice\":\"{DecimalText.Format(p / 100m)}\""),
        Gen.Select(Tiers, OneOf("graduated", "volume"), Gen.Bool).Select((t, m, zero) =>
            $"\"model\":\"{m}\",\"tiers\":[{t}]" + (zero && t.StartsWith("{\"upTo\":", StringComparison.Ordinal) && t.Split('}')[0].Contains("flatFee", StringComparison.Ordinal) ? ",\"firstFlatAtZero\":true" : "")),
        Gen.Select(Gen.Int[1, 40], Gen.Int[0, 900], Gen.Int[0, 30]).Select((size, price, f) =>
            $"\"model\":\"package\",\"packageSize\":\"{DecimalText.Format(size / 2m)}\",\"packagePrice\":\"{DecimalText.Format(price / 100m)}\",\"freeUnits\":\"{f}\""));

    private static readonly Gen<string> Charges = Gen.Select(
        Prices, OneOf("", ",\"freeQuantity\":\"7.5\""), OneOf("", ",\"discountPercent\":\"12.5\"", ",\"discountPercent\":\"33\""),
        OneOf("", ",\"perLine\":{\"roundTo\":\"0.75\"}", ",\"perLine\":{\"roundTo\":\"10\",\"first\":\"15\"}"))
        .Select((price, f, discount, rounding) => price + f + discount + rounding);

    private static Gen<T> OneOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    private static IEnumerable<decimal> Points(decimal from, decimal to)
    {
        for (var q = from; q <= to; q += 0.25m)
        {
            yield return q;
            if (q + Least <= to)
            {
                yield return q + Least;
            }
        }

        yield return to;
    }

    private static decimal Amount(CompiledPlan plan, decimal quantity) =>
        PeriodRating.Rate(plan, June, June.ToInterval(), Utc, true, Used(quantity)).Sum(line => line.ExactAmount);

    private static Dictionary<BucketKey, BucketTotal> Used(decimal quantity) =>
        quantity == 0m ? [] : new() { [new(0, 0)] = new(quantity, 0m, 1) };

    private static QuotaScene Scene(CompiledPlan plan, decimal used, decimal held) => new(
        plan, June, June.ToInterval(), Utc, Used(used), new Dictionary<BucketKey, decimal> { [new(0, 0)] = held });

    private static QuotaUse Use(decimal quantity, string meter = "units") => new(meter, June.Start, quantity, NoDimensions);
}
