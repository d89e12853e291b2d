using OrleansBilling.Core.Amounts;
using OrleansBilling.Core.Pricing;
using OrleansBilling.Core.Rating;

namespace OrleansBilling.Core.Tests.Rating;

public class RatingPropertyTests
{
    private static readonly Gen<decimal> Quantities = Gen.Long[0, 5_000_000].Select(q => q / 1_000m);

    private static readonly Gen<TierDefinition[]> Tiers =
        Gen.Select(Gen.Int[1, 400].Array[0, 5], Gen.Int[0, 100_000].Array[6], Gen.Int[-1, 500].Array[6]).Select(
            (widths, prices, fees) =>
            {
                var bound = 0m;
                return widths.Select(width => bound += width / 4m).Cast<decimal?>().Append(null).Select((upTo, i) =>
                    new TierDefinition(upTo, prices[i] / 10_000m, fees[i] < 0 ? null : fees[i] / 100m)).ToArray();
            });

    [Fact]
    public void Graduated_prices_agree_with_a_walk_over_every_quarter_unit() =>
        Gen.Select(Tiers, Gen.Int[0, 3_000]).Sample((tiers, quarters) =>
        {
            // Written apart from the engine on purpose: one quarter of a unit at a time, no bounds arithmetic.
            decimal expected = 0m;
            for (var i = 1; i <= quarters; i++)
            {
                expected += 0.25m * tiers.First(t => t.UpTo is null || i / 4m <= t.UpTo).UnitPrice!.Value;
            }

            var entered = quarters == 0 ? 0 : 1 + Array.FindIndex(tiers, t => t.UpTo is null || quarters / 4m <= t.UpTo);
            expected += tiers.Take(entered).Sum(t => t.FlatFee ?? 0m);
            return Exact(PriceModel.Graduated, tiers, quarters / 4m) == expected;
        }, iter: 2_000);

    [Fact]
    public void Volume_prices_agree_with_a_look_up_from_the_top() =>
        Gen.Select(Tiers, Quantities).Sample((tiers, quantity) =>
        {
            var lower = tiers.Select(t => t.UpTo).Prepend(0m).ToArray();
            var index = Enumerable.Range(0, tiers.Length).Last(i => i == 0 || quantity > lower[i]);
            var expected = quantity == 0m ? 0m : (quantity * tiers[index].UnitPrice!.Value) + (tiers[index].FlatFee ?? 0m);
            return Exact(PriceModel.Volume, tiers, quantity) == expected;
        }, iter: 2_000);

    [Fact]
    public void A_bound_belongs_to_the_lower_tier_and_anything_above_it_does_not() =>
        Gen.Select(Gen.Long[1, 1_000_000_000_000], Gen.Int[0, 12]).Sample((mantissa, places) =>
        {
            var bound = mantissa * new decimal(1, 0, 0, false, (byte)places);
            TierDefinition[] tiers = [new(bound, 0m, 1m), new(null, 0m, 2m)];
            return Exact(PriceModel.Volume, tiers, bound) == 1m
                && Exact(PriceModel.Volume, tiers, bound + 0.000000000001m) == 2m
                && Exact(PriceModel.Graduated, tiers, bound) == 1m
                && Exact(PriceModel.Graduated, tiers, bound + 0.000000000001m) == 3m;
        });

    [Fact]
    public void Usage_split_and_ordered_anyhow_gives_the_same_totals_and_the_same_bill()
    {
        var zone = DateTimeZoneProviders.Tzdb["America/Toronto"];
        var plan = Given.Compiled(
            """
            {"id":"tiers","meter":"electricity","unit":"MWh","model":"graduated","tiers":[{"upTo":"0.5","unitPrice":"80","flatFee":"3"},{"unitPrice":"120"}],"freeQuantity":"0.1","maximum":"9000"},
            {"id":"times","meter":"electricity","timeOfUse":{"windows":[{"name":"peak","from":"07:00","to":"19:00","model":"volume","tiers":[{"upTo":"100","unitPrice":"0.2"},{"unitPrice":"0.1"}]}],"otherwise":{"name":"off","unitPrice":"0.0625"}}},
            {"id":"spot","meter":"electricity","schedule":{"entries":[{"from":"2000-01-01T00:00:00Z","price":"0.11"},{"from":"2024-06-15T00:00:00Z","price":"-0.02"}]}}
            """, "CAD");
        var june = Given.Month(2024, 6, zone);
        Gen.Select(Gen.Select(Gen.Long[0, 2_591_999], Gen.Long[0, 900_000]).Array[1, 40], Gen.Int[0, 1_000_000]).Sample((raw, seed) =>
        {
            var random = new Random(seed);
            var usage = raw.Select(r => (june.Start + Duration.FromSeconds(r.Item1), r.Item2 / 1_000m)).ToArray();
            var split = usage.SelectMany(u => Split(u, random)).ToArray();
            random.Shuffle(split);
            var parts = split.Chunk(7).Select(part => Given.Totals(plan, "electricity", part, zone)).ToArray();
            random.Shuffle(parts);
            var merged = new Dictionary<BucketKey, BucketTotal>();
            foreach (var (key, total) in parts.SelectMany(part => part))
            {
                merged[key] = merged.GetValueOrDefault(key).Add(total);
            }

            var whole = Rate(plan, june, zone, Given.Totals(plan, "electricity", usage, zone));
            Assert.Equal(whole, Rate(plan, june, zone, merged));
        });
    }

    [Fact]
    public void What_single_events_cause_adds_up_to_the_exact_amount_where_it_is_told() =>
        Gen.Select(Quantities.Array[1, 20], Gen.Int[0, 100], Gen.Int[-50_000, 50_000]).Sample((quantities, percent, price) =>
        {
            var plan = Given.Compiled(
                $$"""{"id":"c","meter":"data","unit":"MB","discountPercent":{{percent}},"unitPrice":"{{DecimalText.Format(price / 1_000m)}}"}""");
            var june = Given.Month(2024, 6);
            var contributions = new List<Contribution>();
            foreach (var quantity in quantities)
            {
                Assert.Null(plan.Contribute("data", june.Start, quantity, Given.NoDimensions, Given.Utc, contributions));
            }

            var line = Given.Rated(plan, "data", june, quantities).SingleOrDefault();
            return contributions.Sum(c => c.UnroundedCharge!.Value) == (line?.ExactAmount ?? 0m);
        });

    [Fact]
    public void Taking_a_contribution_back_restores_the_total() =>
        Gen.Select(Quantities, Quantities).Sample((first, second) =>
        {
            var total = new BucketTotal(first, first * 0.07m, 3);
            var contribution = new Contribution(default, second, second * 0.07m, null);
            return total.Add(contribution).Subtract(contribution) == total;
        });

    [Fact]
    public void The_steps_of_a_charge_add_up_to_its_rounded_amount() =>
        Gen.Select(Tiers, Quantities, Gen.Int[0, 100], Gen.Enum<LineRounding>()).Sample((tiers, quantity, percent, rounding) =>
        {
            var charge = Charge(PriceModel.Graduated, tiers) with { DiscountPercent = percent, FreeQuantity = 3m, Minimum = 1m };
            var line = Rate(charge, quantity, rounding);
            return line is null ? quantity == 0m : line.Steps.Sum(s => s.Amount) == line.Amount.ToDecimal();
        });

    [Fact]
    public void Prorated_parts_of_a_fee_are_each_within_a_cent_of_their_share() =>
        Gen.Select(Gen.Int[0, 29], Gen.Int[1, 30], Gen.Int[0, 100_000]).Sample((from, days, cents) =>
        {
            var plan = Given.Compiled($$"""{"id":"fee","amount":"{{DecimalText.Format(cents / 100m)}}"}""");
            var june = Given.Month(2024, 6);
            var active = new Interval(june.Start + Duration.FromDays(from), june.Start + Duration.FromDays(from + days));
            var line = PeriodRating.Rate(plan, june, active, Given.Utc, false, new Dictionary<BucketKey, BucketTotal>()).Single();
            var share = cents / 100m * Math.Min(days, 30 - from) / 30m;
            return Math.Abs(line.Amount.ToDecimal() - share) <= 0.005m
                && line.Steps.Sum(s => s.Amount) == line.Amount.ToDecimal();
        });

    private static IEnumerable<(Instant, decimal)> Split((Instant Time, decimal Value) usage, Random random)
    {
        var cut = Math.Round(usage.Value * random.Next(0, 1_000) / 1_000m, 6, MidpointRounding.ToEven);
        return [(usage.Time, cut), (usage.Time, usage.Value - cut)];
    }

    private static string Rate(
        CompiledPlan plan, OrleansBilling.Core.Periods.BillingPeriod period, DateTimeZone zone, Dictionary<BucketKey, BucketTotal> totals) =>
        string.Join("; ", PeriodRating.Rate(plan, period, period.ToInterval(), zone, false, totals)
            .Select(c => $"{c.ChargeId} {c.Quantity} {c.ExactAmount} {c.Amount}"));

    private static ChargeDefinition Charge(PriceModel model, TierDefinition[] tiers) => new()
    {
        Id = "c", Name = "c", Meter = "units", Price = new() { Model = model, Tiers = tiers },
    };

    private static decimal Exact(PriceModel model, TierDefinition[] tiers, decimal quantity) =>
        Rate(Charge(model, tiers), quantity, LineRounding.HalfEven)?.ExactAmount ?? 0m;

    private static RatedCharge? Rate(ChargeDefinition charge, decimal quantity, LineRounding rounding)
    {
        var plan = CompiledPlan.Compile(new("p", "p", "EUR", new(default, 30), rounding, [charge]), Given.Meter);
        return Given.Rated(plan, "units", Given.Month(2024, 6), quantity).SingleOrDefault();
    }
}
