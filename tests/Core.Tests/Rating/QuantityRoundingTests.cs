using System.Numerics;
using CsCheck;
using OrleansBilling.Core.Amounts;
using OrleansBilling.Core.Pricing;
using OrleansBilling.Core.Rating;
using static OrleansBilling.Core.Tests.Rating.Given;

namespace OrleansBilling.Core.Tests.Rating;

public class QuantityRoundingTests
{
    /// <summary>Call tariffs name first and following increment in seconds: 60/1, 60/60, 30/6, 1/1.</summary>
    [Theory]
    [InlineData("60", "1", "0", "0")]
    [InlineData("60", "1", "0.1", "60")]
    [InlineData("60", "1", "60", "60")]
    [InlineData("60", "1", "60.2", "61")]
    [InlineData("60", "1", "75", "75")]
    [InlineData("60", "60", "61", "120")]
    [InlineData("30", "6", "32", "36")]
    [InlineData("1", "1", "12.5", "13")]
    public void A_first_increment_is_taken_whole_and_the_rest_in_following_ones(
        string first, string following, string seconds, string billed) =>
        Assert.Equal(D(billed), new QuantityRounding(D(following), First: D(first)).Apply(D(seconds)));

    [Theory]
    [InlineData(RoundingMode.Up, "2.1", "2.5")]
    [InlineData(RoundingMode.Up, "2.5", "2.5")]
    [InlineData(RoundingMode.Down, "2.9", "2.5")]
    [InlineData(RoundingMode.HalfUp, "2.25", "2.5")]
    [InlineData(RoundingMode.HalfUp, "2.2499", "2.0")]
    [InlineData(RoundingMode.HalfEven, "2.25", "2.0")]
    [InlineData(RoundingMode.HalfEven, "2.75", "3.0")]
    [InlineData(RoundingMode.HalfEven, "2.7501", "3.0")]
    [InlineData(RoundingMode.Up, "-2.1", "-2.5")]
    public void Halves_are_multiples_of_0_5_by_mode(RoundingMode mode, string quantity, string rounded) =>
        Assert.Equal(D(rounded), new QuantityRounding(0.5m, mode).Apply(D(quantity)));

    /// <summary>The same rule on whole numbers, with quotients instead of remainders.</summary>
    [Fact]
    public void Rounding_agrees_with_integer_arithmetic() =>
        Gen.Select(Gen.Int[0, 100_000], Gen.Int[1, 999], Gen.Int[0, 999], Gen.Enum<RoundingMode>()).Sample(
            (quantity, step, first, mode) =>
            {
                BigInteger rest = Math.Max(0, quantity - first);
                var (whole, left) = (rest / step, rest % step);
                var up = mode switch
                {
                    RoundingMode.Up => left > 0,
                    RoundingMode.Down => false,
                    RoundingMode.HalfUp => left * 2 >= step,
                    _ => left * 2 > step || (left * 2 == step && !whole.IsEven),
                };
                var expected = quantity == 0 ? 0 : first + ((whole + (up ? 1 : 0)) * step);
                var rounding = new QuantityRounding(step / 1_000m, mode, first == 0 ? null : first / 1_000m);
                Assert.Equal((decimal)expected / 1_000m, rounding.Apply(quantity / 1_000m));
            });

    /// <summary>A chatty SIM: 720 sessions of 0.2 KB are 144 KB, billed 720 KB by the started KB of a session and 200 KB by
    /// the started 100 KB of a month. 1 KB is 1,000 B here.</summary>
    [Theory]
    [InlineData("", "144", "")]
    [InlineData("\"perEvent\":{\"roundTo\":\"1000\"},", "720", "rounding each event added 576 kB")]
    [InlineData("\"perDevice\":{\"roundTo\":\"100000\"},", "200", "rounding each device's total added 56 kB")]
    [InlineData("\"perLine\":{\"roundTo\":\"100\"},", "200", "rounding the total added 56 kB")]
    [InlineData("\"perEvent\":{\"roundTo\":\"1000\"},\"perDevice\":{\"roundTo\":\"100000\"},", "800",
        "rounding each event added 576 kB|rounding each device's total added 80 kB")]
    [InlineData("\"perLine\":{\"roundTo\":\"100\",\"mode\":\"down\"},", "100", "rounding the total took off 44 kB")]
    public void A_chatty_device_pays_by_the_rounding_point(string rounding, string billed, string steps)
    {
        var line = Rated(rounding, Enumerable.Repeat(("sim", 200m), 720));
        Assert.Equal(D(billed), line.Quantity);
        Assert.Equal(720, line.Events);
        Assert.Equal(steps, string.Join('|', line.Steps.Where(s => s.Kind == "quantityRounding").Select(s => s.Text)));
        Assert.Equal(D(billed), line.ExactAmount);
    }

    /// <summary>Soracom's published example: 127 KB of a SIM are billed as 200 KB in units of 100 KB. Each SIM is rounded by
    /// itself: a second one with 1 KB adds 100 KB, although both together would need 200.</summary>
    [Fact]
    public void Every_device_is_rounded_by_itself_before_devices_are_added_up()
    {
        Assert.Equal(200m, Rated(Month100, [("a", 127_000m)]).Quantity);
        Assert.Equal(300m, Rated(Month100, [("a", 127_000m), ("b", 1_000m)]).Quantity);
        Assert.Equal(200m, Rated("\"perLine\":{\"roundTo\":\"100\"},", [("a", 127_000m), ("b", 1_000m)]).Quantity);
    }

    [Fact]
    public void Devices_in_any_order_and_split_into_any_events_are_rounded_alike() =>
        Gen.Select(Gen.Select(Gen.Int[0, 3], Gen.Int[0, 90_000]).Array[1, 30], Gen.Int).Sample((usage, seed) =>
        {
            var events = usage.Select(u => ($"d{u.Item1}", (decimal)u.Item2)).ToArray();
            var parts = events.SelectMany(e => new[] { (e.Item1, e.Item2 / 4m), (e.Item1, e.Item2 * 3m / 4m) }).ToArray();
            new Random(seed).Shuffle(parts);
            var expected = usage.GroupBy(u => u.Item1).Sum(g => (g.Sum(u => u.Item2) + 99_999) / 100_000 * 100);
            Assert.Equal(expected, Rated(Month100, events).Quantity);
            Assert.Equal(expected, Rated(Month100, parts).Quantity);
        });

    /// <summary>100 s are 1.666… min. In minutes with 12 places half a minute's multiples could not be told; in seconds they
    /// can: 90 s is exactly 1.5 min, 90.000000000001 s is beyond it.</summary>
    [Theory]
    [InlineData("100", "2")]
    [InlineData("90", "1.5")]
    [InlineData("90.000000000001", "2")]
    public void A_line_is_rounded_exactly_also_where_its_unit_has_no_finite_decimal(string seconds, string minutes)
    {
        var plan = Compiled("""{"id":"c","meter":"ride","unit":"min","perLine":{"roundTo":"0.5"},"unitPrice":"1"}""");
        Assert.Equal(D(minutes), Given.Rated(plan, "ride", Month(2024, 6), D(seconds)).Single().Quantity);
    }

    [Fact]
    public void Each_window_is_rounded_by_itself_and_says_so()
    {
        var plan = Compiled("""
            {"id":"c","meter":"data","unit":"kB","perLine":{"roundTo":"10"},"timeOfUse":{"windows":[
              {"name":"day","from":"06:00","to":"22:00","model":"perUnit","unitPrice":"1"}],
              "otherwise":{"name":"night","model":"perUnit","unitPrice":"1"}}}
            """);
        var june = Month(2024, 6);
        var totals = Totals(plan, "data", [(june.Start, 1_000m), (june.Start + Duration.FromHours(12), 12_000m)]);
        var line = PeriodRating.Rate(plan, june, june.ToInterval(), Utc, true, totals).Single();
        Assert.Equal(30m, line.Quantity);
        Assert.Equal(["day: rounding the total added 8 kB", "night: rounding the total added 9 kB"],
            line.Steps.Where(s => s.Kind == "quantityRounding").Select(s => s.Text));
    }

    /// <summary>Devices of a pool are counted in the bucket behind those of usage; what rounding added must not be.</summary>
    [Fact]
    public void What_rounding_added_is_totalled_apart_from_everything_else()
    {
        var plan = Compiled("""
            {"id":"c","meter":"data","unit":"kB","allowance":{"perDevice":"1"},"perEvent":{"roundTo":"1000"},"perDevice":{"roundTo":"1000"},"unitPrice":"1"}
            """);
        BucketKey[] keys = [new(0, 0), .. plan.Presences.Select(p => p.Key), plan.CompanionOf(new(0, 0), Companion.Events),
            plan.CompanionOf(new(0, 0), Companion.Devices)];
        Assert.Equal(4, keys.Distinct().Count());
        Assert.All(keys, key => Assert.True(plan.HasBucket(key)));
        Assert.False(plan.HasBucket(new(0, keys.Max(key => key.Bucket) + 1)));
        Assert.False(plan.HasBucket(new(0, -1)));
    }

    [Fact]
    public void Usage_that_is_rounded_down_to_nothing_still_has_a_line()
    {
        var line = Rated("\"perDevice\":{\"roundTo\":\"100000\",\"mode\":\"down\"},", [("a", 127m)]);
        Assert.Equal(0m, line.Quantity);
        Assert.Equal(["rounding each device's total took off 0.127 kB", "nothing left after rounding"], line.Steps.Select(s => s.Text));
    }

    [Theory]
    [InlineData("\"perEvent\":{\"roundUpTo\":\"1\",\"roundTo\":\"1\"},\"unitPrice\":\"1\"", "/charges/0/perEvent/roundUpTo plan.rounding_twice")]
    [InlineData("\"perDevice\":{\"roundTo\":\"0\"},\"unitPrice\":\"1\"", "/charges/0/perDevice/roundTo plan.quantity_negative")]
    [InlineData("\"perLine\":{\"roundTo\":\"1\",\"first\":\"-1\"},\"unitPrice\":\"1\"", "/charges/0/perLine/first plan.quantity_negative")]
    [InlineData("\"unit\":\"TiB\",\"perLine\":{\"roundTo\":\"99999999999999.999999999999\"},\"unitPrice\":\"1\"",
        "/charges/0/perLine plan.quantity_out_of_range")]
    [InlineData("\"perLine\":{\"roundTo\":\"1\"},\"schedule\":{\"entries\":[{\"from\":\"2024-01-01T00:00:00Z\",\"price\":\"1\"}]}",
        "/charges/0/perLine plan.rounding_with_schedule")]
    [InlineData("\"perDevice\":{\"roundTo\":\"1\"},\"schedule\":{\"entries\":[{\"from\":\"2024-01-01T00:00:00Z\",\"price\":\"1\"}]}",
        "/charges/0/perDevice plan.rounding_with_schedule")]
    public void A_rounding_that_has_no_meaning_is_refused_with_its_place(string charge, string error)
    {
        var plan = Plan($$"""{"id":"c","meter":"data",{{charge}}}""");
        Assert.Equal([error], PlanValidator.Validate(plan, Meter).Select(e => $"{e.Pointer} {e.Code}"));
    }

    [Theory]
    [InlineData("\"perDevice\":{\"mode\":\"up\"}", "/charges/0/perDevice/roundTo json.required")]
    [InlineData("\"perEvent\":{\"first\":\"60\"}", "/charges/0/perEvent/roundTo json.required")]
    [InlineData("\"perLine\":{\"roundTo\":\"1\",\"mode\":\"sideways\"}", "/charges/0/perLine/mode json.value")]
    public void A_rounding_of_wrong_form_is_refused_with_its_place(string rounding, string error)
    {
        var parsed = PlanJson.Parse($$"""{"id":"p","currency":"EUR","charges":[{"id":"c","meter":"data","unitPrice":"1",{{rounding}}}]}""");
        Assert.Equal([error], parsed.Errors.Select(e => $"{e.Pointer} {e.Code}"));
    }

    [Fact]
    public void Roundings_are_written_as_they_were_read()
    {
        const string Roundings = "\"perEvent\":{\"free\":\"1\",\"roundTo\":\"2\",\"first\":\"60\"},"
            + "\"perDevice\":{\"roundTo\":\"3\",\"mode\":\"halfUp\"},\"perLine\":{\"roundTo\":\"4\",\"mode\":\"halfEven\",\"first\":\"5\"}";
        var json = System.Text.Encoding.UTF8.GetString(PlanJson.Serialize(
            Plan($$"""{"id":"c","meter":"data","unitPrice":"1",{{Roundings}}}""")));
        Assert.Contains(Roundings, json, StringComparison.Ordinal);
    }

    private const string Month100 = "\"perDevice\":{\"roundTo\":\"100000\"},";

    /// <summary>Data in bytes, priced at 1 a kB, in June 2024.</summary>
    private static RatedCharge Rated(string rounding, IEnumerable<(string Device, decimal Bytes)> usage)
    {
        var plan = Compiled($$"""{"id":"c","meter":"data","unit":"kB",{{rounding}}"unitPrice":"1"}""");
        var june = Month(2024, 6);
        var totals = new UsageTotals(plan);
        foreach (var (device, bytes) in usage)
        {
            var into = new List<Contribution>();
            Assert.Null(plan.Contribute("data", june.Start, bytes, NoDimensions, Utc, into));
            into.ForEach(contribution => totals.Add(device, contribution));
        }

        return PeriodRating.Rate(plan, june, june.ToInterval(), Utc, true, totals.ToTotals()).Single();
    }
}
