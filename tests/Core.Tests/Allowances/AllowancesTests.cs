using CsCheck;
using OrleansBilling.Core.Rating;
using static OrleansBilling.Core.Tests.Rating.Given;

namespace OrleansBilling.Core.Tests.Allowances;

/// <summary>Several allowances of a charge; all numbers are worked by hand.</summary>
public class AllowancesTests
{
    private const string Stacked = """
        {"id":"data","meter":"units","unitPrice":"1","allowances":[
          {"id":"block","kind":"block","quantity":"100","price":"7"},
          {"id":"second","kind":"fixed","quantity":"40","priority":2},
          {"id":"first","kind":"fixed","quantity":"20","priority":1},
          {"id":"flex","kind":"flex","perDevice":"10"},
          {"id":"own","kind":"device","perDevice":"5"}]}
        """;

    [Fact]
    public void Allowances_are_used_in_the_order_of_their_kinds_and_priorities()
    {
        // a uses 3 of its own 5, b 5 of its 5 and 93 more: 20 of the flex pool, 20 + 40 of the fixed ones, 13 are left.
        var line = Rate(Stacked, 2, ("a", 3m, ""), ("b", 98m, ""));
        Assert.Equal(
            [
                ("own: 5 of its own for each of 2 devices", 8m), ("flex: pool of 2 devices, 10 each", 20m), ("first: pool of 20", 20m),
                ("second: pool of 40", 40m), ("block: 1 block of 100", 1m),
            ],
            line.Steps.Take(5).Select(s => (s.Text, s.Quantity!.Value)));
        Assert.Equal((101m, 7m), (line.Quantity, line.Amount.ToDecimal()));
    }

    [Theory]
    [InlineData(100, 1)]
    [InlineData(101, 2)]
    [InlineData(200, 2)]
    public void Blocks_are_bought_while_usage_is_left(int beyond, int blocks)
    {
        var line = Rate(Stacked, 1, ("a", 75 + beyond, ""));
        Assert.Equal(7m * blocks, line.Amount.ToDecimal());
    }

    [Fact]
    public void What_is_beyond_the_last_block_has_the_price_of_the_charge()
    {
        const string Charge = """
            {"id":"data","meter":"units","unitPrice":"0.5","allowances":[{"id":"b","name":"Top-up","kind":"block","quantity":"100","price":"7","maxBlocks":2}]}
            """;
        Assert.Equal(7m + 7m + 5m, Rate(Charge, 0, ("a", 210m, "")).Amount.ToDecimal());
        Assert.Null(Rated(Charge, 0));
    }

    [Fact]
    public void An_allowance_of_a_zone_covers_only_usage_of_that_zone()
    {
        const string Charge = """
            {"id":"data","meter":"units","unitPrice":"2","allowances":[{"id":"eu","kind":"fixed","quantity":"100","where":{"zone":["eu","uk"]}}]}
            """;
        // 80 of eu and 30 of uk share 100: 10 are left, and all of us.
        Assert.Equal(2m * (10m + 40m), Rate(Charge, 0, ("a", 80m, "eu"), ("b", 30m, "uk"), ("a", 40m, "us")).Amount.ToDecimal());
        Assert.Equal(2m * 40m, Rate(Charge, 0, ("a", 40m, "")).Amount.ToDecimal());
    }

    [Fact]
    public void The_narrower_scope_is_used_first_and_a_wide_one_takes_what_only_it_can()
    {
        const string Charge = """
            {"id":"data","meter":"units","unitPrice":"1","allowances":[
              {"id":"world","kind":"fixed","quantity":"50"},
              {"id":"europe","kind":"fixed","quantity":"30","where":{"zone":["eu","uk"]}},
              {"id":"eu","kind":"fixed","quantity":"20","where":{"zone":["eu"]}}]}
            """;
        // eu 45: 20 of eu, 25 of europe; uk 10: 5 of europe, 5 of world; us 50: 45 of world, 5 are left.
        var line = Rate(Charge, 0, ("a", 45m, "eu"), ("a", 10m, "uk"), ("a", 50m, "us"));
        Assert.Equal([("eu: pool of 20", 20m), ("europe: pool of 30", 30m), ("world: pool of 50", 50m)], line.Steps.Take(3).Select(s => (s.Text, s.Quantity!.Value)));
        Assert.Equal(5m, line.Amount.ToDecimal());
        // A device's own quantity comes first, but takes of us, which the pool of eu cannot.
        const string Own = """
            {"id":"data","meter":"units","unitPrice":"1","allowances":[
              {"id":"own","kind":"device","perDevice":"10"},{"id":"eu","kind":"flex","perDevice":"10","where":{"zone":["eu"]}}]}
            """;
        Assert.Equal(0m, Rate(Own, 1, ("a", 10m, "eu"), ("a", 10m, "us")).Amount.ToDecimal());
    }

    [Fact]
    public void What_fewest_later_allowances_could_take_is_covered_first_whatever_its_row()
    {
        const string Charge = """
            {"id":"data","meter":"units","model":"matrix","matrix":{"dimensions":["zone"],"rows":[
                {"name":"us","keys":{"zone":"us"},"unitPrice":"3"},{"name":"eu","keys":{"zone":"eu"},"unitPrice":"2"}]},
              "allowances":[{"id":"own","kind":"device","perDevice":"10"},{"id":"us","kind":"fixed","quantity":"10","where":{"zone":["us"]}}]}
            """;
        // Its own 10 are for eu, since the pool takes us; by rows alone they would be for us, and 10 of eu would cost 20.
        Assert.Equal(0m, Rate(Charge, 1, ("a", 10m, "eu"), ("a", 10m, "us")).Amount.ToDecimal());
    }

    [Fact]
    public void A_pool_covers_the_rows_of_a_matrix_in_the_order_of_the_plan()
    {
        const string Charge = """
            {"id":"data","meter":"units","model":"matrix","matrix":{"dimensions":["zone"],"rows":[
                {"name":"us","keys":{"zone":"us"},"unitPrice":"3"},{"name":"eu","keys":{"zone":"eu"},"unitPrice":"2"}],"otherwise":{"unitPrice":"9"}},
              "allowances":[{"id":"pool","kind":"fixed","quantity":"100","where":{"zone":["eu","us"]}}]}
            """;
        // 60 of us are covered, 40 of 50 of eu; 10 at 2 and 5 at 9 are left.
        var line = Rate(Charge, 0, ("a", 50m, "eu"), ("a", 60m, "us"), ("a", 5m, "jp"));
        Assert.Equal((115m, 65m), (line.Quantity, line.Amount.ToDecimal()));
    }

    [Fact]
    public void What_a_device_does_not_use_of_its_own_is_nobody_elses()
    {
        const string Charge = """{"id":"d","meter":"units","unitPrice":"1","allowances":[{"id":"own","kind":"device","perDevice":"10"}]}""";
        Assert.Equal(10m, Rate(Charge, 2, ("a", 0.5m, ""), ("b", 20m, "")).Amount.ToDecimal());
        Assert.Equal(0m, Rate(Charge, 2, ("a", 10m, ""), ("b", 10m, "")).Amount.ToDecimal());
    }

    [Fact]
    public void A_device_draws_at_most_its_limit_of_the_pools_and_pays_for_the_rest()
    {
        const string Charge = """
            {"id":"d","meter":"units","unitPrice":"1","poolLimitPerDevice":"15","allowances":[
              {"id":"own","kind":"device","perDevice":"5"},{"id":"flex","kind":"flex","perDevice":"10"}]}
            """;
        // a: 5 of its own, 15 of the pool, 10 beyond its limit; b: 2 of its own. The pool of 20 has 5 left all the same.
        var line = Rate(Charge, 2, ("a", 30m, ""), ("b", 2m, ""));
        Assert.Equal(10m, line.Amount.ToDecimal());
        Assert.Contains(line.Steps, s => s is { Text: "10 of devices beyond 15 of the pools each", Kind: StepKinds.DeviceLimit, Amount: 0m });
        // With 20 of b the pool is used up: 15 of a, 15 of b, 10 beyond the pool and 10 beyond the limit.
        Assert.Equal(20m, Rate(Charge, 2, ("a", 30m, ""), ("b", 20m, "")).Amount.ToDecimal());
    }

    [Fact]
    public void Quantities_are_in_the_priced_unit_and_exact_in_the_meters()
    {
        // 64,596 s are 17.9433… h; 17 h are free, 3,396 s at 10 an hour are 9.4333….
        const string Charge = """{"id":"d","meter":"ride","unit":"h","unitPrice":"10","allowances":[{"id":"f","kind":"fixed","quantity":"17"}]}""";
        Assert.Equal(9.43m, Rate(Charge, 0, ("a", 64_596m, "")).Amount.ToDecimal());
        // 20 min at 30,000 an hour are 10,000, although a third of an hour has no finite decimal.
        const string Third = """{"id":"d","meter":"ride","unit":"h","unitPrice":"30000","allowances":[{"id":"f","kind":"fixed","quantity":"1"}]}""";
        Assert.Equal(10_000m, Rate(Third, 0, ("a", 4_800m, "")).Amount.ToDecimal());
    }

    /// <summary>Soracom counts each SIM's month in units of 100 kB; here 200 kB of each are its own, and 100 kB of each are shared.</summary>
    [Fact]
    public void Each_device_is_rounded_before_it_is_covered()
    {
        const string Charge = """
            {"id":"d","meter":"data","unit":"kB","unitPrice":"1","perDevice":{"roundTo":"100000"},"allowances":[
              {"id":"own","kind":"device","perDevice":"200"},{"id":"flex","kind":"flex","perDevice":"100"}]}
            """;
        // 127 kB and 1 kB are 200 and 100 kB, their own; 301 kB and 250 kB are 400 and 300, of which 200 and 100 are beyond their own.
        Assert.Equal(0m, Rate(Charge, 2, ("a", 127_000m, ""), ("b", 1_000m, "")).Amount.ToDecimal());
        var line = Rate(Charge, 2, ("a", 301_000m, ""), ("b", 200_000m, ""), ("b", 50_000m, ""));
        Assert.Equal((700m, 100m), (line.Quantity, line.Amount.ToDecimal()));
        Assert.Equal("rounding each device's total added 149 kB", line.Steps[0].Text);
    }

    [Fact]
    public void Thirds_are_a_whole_together_and_blocks_are_counted_exactly()
    {
        // The meter counts minutes: 20 s are 0.333333333333 of one. Three times that is the minute, and the second one enters no tier.
        const string Thirds = """
            {"id":"d","meter":"minutes","unit":"s","model":"graduated","tiers":[{"unitPrice":"1","flatFee":"50"}],"allowances":[
              {"id":"a","kind":"fixed","quantity":"20"},{"id":"b","kind":"fixed","quantity":"20"},{"id":"c","kind":"fixed","quantity":"20"}]}
            """;
        Assert.Equal(0m, Rate(Thirds, 0, ("a", 1m, "")).Amount.ToDecimal());
        Assert.Equal(110m, Rate(Thirds, 0, ("a", 2m, "")).Amount.ToDecimal());
        // 600,000 blocks of a tenth of a second are 1,000 minutes; each is 0.001666666667 of one.
        const string Blocks = """{"id":"d","meter":"minutes","unit":"s","unitPrice":"1","allowances":[{"id":"b","kind":"block","quantity":"0.1","price":"0.01"}]}""";
        Assert.Equal(6_000m, Rate(Blocks, 0, ("a", 1_000m, "")).Amount.ToDecimal());
    }

    /// <summary>Every split, order and grouping of the same usage rates the same, to the step.</summary>
    [Fact]
    public void No_order_of_arrival_changes_what_each_allowance_covers()
    {
        var plan = Compiled("""
            {"id":"data","meter":"units","model":"matrix","poolLimitPerDevice":"30","matrix":{"dimensions":["zone"],"rows":[
                {"keys":{"zone":"us"},"unitPrice":"3"},{"keys":{"zone":"eu"},"model":"graduated","tiers":[{"upTo":"5","unitPrice":"2","flatFee":"1"},{"unitPrice":"1"}]}],
                "otherwise":{"unitPrice":"9"}},
              "allowances":[{"id":"own","kind":"device","perDevice":"5"},{"id":"ownEu","kind":"device","perDevice":"3","where":{"zone":["eu"]}},
                {"id":"flex","kind":"flex","perDevice":"10","where":{"zone":["eu","uk"]}},{"id":"fixed","kind":"fixed","quantity":"20"},
                {"id":"more","kind":"block","quantity":"7","price":"5","maxBlocks":2,"where":{"zone":["us"]}}]}
            """);
        var gen = Gen.Select(Gen.Int[0, 2], Gen.Int[0, 3], Gen.Int[0, 400]).Array[1, 30];
        Gen.Select(gen, Gen.Int[0, 1_008]).Sample((events, seed) =>
        {
            (string, decimal, string)[] usage =
                [.. events.Select(e => ($"d{e.Item1}", e.Item3 / 10m, new[] { "eu", "uk", "us", "" }[e.Item2]))];
            // Another order, each event in two, at another place.
            var other = usage.SelectMany(u => new[] { (u.Item1, u.Item2 - 0.3m, u.Item3), (u.Item1, 0.3m, u.Item3) })
                .Select((u, i) => (u, (i * 7_919L + seed) % 1_009)).OrderBy(x => x.Item2).Select(x => x.u).ToArray();
            var (first, second) = (Rated(plan, 3, usage), Rated(plan, 3, other));
            return (first, second) is (null, null)
                || (first!.Amount == second!.Amount && first.ExactAmount == second.ExactAmount && first.Steps.SequenceEqual(second.Steps));
        }, iter: 1_000);
    }

    private static RatedCharge Rate(string charge, int devices, params (string Device, decimal Value, string Zone)[] usage) =>
        Rated(charge, devices, usage)!;

    private static RatedCharge? Rated(string charge, int devices, params (string Device, decimal Value, string Zone)[] usage) =>
        Rated(Compiled(charge), devices, usage);

    private static RatedCharge? Rated(CompiledPlan plan, int devices, (string Device, decimal Value, string Zone)[] usage)
    {
        var meter = plan.Meters.Single();
        var june = Month(2026, 6);
        var sums = new UsageTotals(plan);
        var contributions = new List<Contribution>();
        foreach (var (device, value, zone) in usage)
        {
            contributions.Clear();
            KeyValuePair<string, string>[] dimensions = zone.Length == 0 ? [] : [new("zone", zone)];
            Assert.Null(plan.Contribute(meter, june.Start, value, dimensions, Utc, contributions));
            contributions.ForEach(c => sums.Add(device, c));
        }

        var totals = sums.ToTotals();
        foreach (var (key, _) in plan.Presences)
        {
            totals[key] = new(devices * 30m, 0m, devices);
        }

        return PeriodRating.Rate(plan, june, june.ToInterval(), Utc, isFirstPeriod: true, totals).SingleOrDefault();
    }
}
