using OrleansBilling.Core.Amounts;
using OrleansBilling.Core.Rating;

namespace OrleansBilling.Core.Tests.Rating;

public class MatrixTests
{
    private const string Zones =
        """
        {"id":"c","meter":"units","model":"matrix","matrix":{"dimensions":["zone","type"],"rows":[
          {"name":"eu sms","keys":{"zone":"eu","type":"sms"},"unitPrice":"1"},
          {"name":"eu","keys":{"zone":["eu","uk"],"type":"*"},"unitPrice":"10"},
          {"name":"sms","keys":{"type":"sms"},"unitPrice":"100"},
          {"name":"us voice","keys":{"zone":"us","type":["voice","fax"]},"unitPrice":"1000"}],
          "otherwise":{"name":"rest","unitPrice":"10000"}}}
        """;

    [Theory]
    [InlineData("eu", "sms", "eu sms")]
    [InlineData("eu", "voice", "eu")]
    [InlineData("eu", null, "eu")]
    [InlineData("uk", "sms", "eu")]
    [InlineData("us", "sms", "sms")]
    [InlineData(null, "sms", "sms")]
    [InlineData("us", "fax", "us voice")]
    [InlineData("us", null, "rest")]
    [InlineData(null, null, "rest")]
    public void The_row_with_most_keys_wins_then_the_one_with_the_earlier_dimension(string? zone, string? type, string row)
    {
        var line = Rate(Given.Compiled(Zones), (1m, Of(zone, type))).Single();
        Assert.StartsWith(row + ": ", line.Steps.Single().Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_row_used_is_a_step_of_the_line()
    {
        var line = Rate(Given.Compiled(Zones), (2m, Of("eu", "sms")), (3m, Of("us", "sms")), (1m, Of("eu", "sms"))).Single();
        Assert.Equal((6m, 303m), (line.Quantity, line.ExactAmount));
        Assert.Equal(["eu sms: 3", "sms: 3"], line.Steps.Select(step => step.Text));
    }

    [Fact]
    public void An_event_that_no_row_wants_has_no_price()
    {
        var plan = Given.Compiled(
            """{"id":"c","meter":"units","model":"matrix","matrix":{"dimensions":["zone"],"rows":[{"keys":{"zone":"eu"},"unitPrice":"1"}]}}""");
        var into = new List<Contribution>();
        Assert.Equal("rating.no_price_for_dimensions", plan.Contribute("units", default, 1m, Of("us", null), Given.Utc, into));
        Assert.Empty(into);
        var quote = Quote.Price(QuoteJson.Parse(
            """{"currency":"EUR","charge":{"model":"matrix","matrix":{"dimensions":["zone"],"rows":[{"keys":{"zone":"eu"},"unitPrice":"1"}]}},"quantity":"1"}""").Request!);
        Assert.Equal(("/quantity", "rating.no_price_for_dimensions"), quote.Errors.Select(e => (e.Pointer, e.Code)).Single());
    }

    /// <remarks>Alone: a 80 * 1 + 10, b 60 * 2 + 9. Shared: a takes the first 80 and the fee of the tier it enters; b takes 20 at 2
    /// and 40 at 1, and the fee 7 of the tier it enters, not that of the tier a entered. With 100 of a, b has the second tier
    /// alone: 100 + 10 + 60 + 7. With none, b has the first: 120 + 9.</remarks>
    [Theory]
    [InlineData("perRow", "80", "60", "219")]
    [InlineData("shared", "80", "60", "177")]
    [InlineData("shared", "100", "60", "177")]
    [InlineData("shared", "0", "60", "129")]
    public void Counters_are_for_each_row_or_shared_in_the_order_of_the_plan(string counters, string a, string b, string amount)
    {
        var plan = Given.Compiled(
            $$$"""
            {"id":"c","meter":"units","model":"matrix","matrix":{"dimensions":["zone"],"counters":"{{{counters}}}","rows":[
              {"keys":{"zone":"a"},"model":"graduated","tiers":[{"upTo":"100","unitPrice":"1","flatFee":"10"},{"unitPrice":"0.5","flatFee":"5"}]},
              {"keys":{"zone":"b"},"model":"graduated","tiers":[{"upTo":"100","unitPrice":"2","flatFee":"9"},{"unitPrice":"1","flatFee":"7"}]}]}}
            """);
        var expected = Given.D(amount);
        var forth = Rate(plan, (Given.D(b), Of("b", null)), (Given.D(a), Of("a", null))).Single();
        var back = Rate(plan, (Given.D(a), Of("a", null)), (Given.D(b), Of("b", null))).Single();
        Assert.Equal((expected, expected), (forth.ExactAmount, back.ExactAmount));
    }

    [Theory]
    [InlineData("40", "60", "140")]
    [InlineData("40", "61", "50.5")]
    public void A_volume_tier_is_that_of_all_rows_together(string a, string b, string amount)
    {
        var plan = Given.Compiled(
            """
            {"id":"c","meter":"units","model":"matrix","matrix":{"dimensions":["zone"],"counters":"shared","rows":[
              {"keys":{"zone":"a"},"model":"volume","tiers":[{"upTo":"100","unitPrice":"2"},{"unitPrice":"0.5"}]}],
              "otherwise":{"model":"volume","tiers":[{"upTo":"100","unitPrice":"1"},{"unitPrice":"0.5"}]}}}
            """);
        Assert.Equal(Given.D(amount), Rate(plan, (Given.D(a), Of("a", null)), (Given.D(b), Of("b", null))).Single().ExactAmount);
    }

    [Fact]
    public void A_window_may_have_a_matrix_and_each_window_its_own_counters()
    {
        var plan = Given.Compiled(
            """
            {"id":"c","meter":"payments","timeOfUse":{"windows":[{"name":"day","from":"06:00","to":"22:00","model":"matrix",
              "matrix":{"dimensions":["zone"],"rows":[{"name":"a","keys":{"zone":"a"},"model":"percentage","ratePercent":"1","fixedFee":"0.5","maximumPerEvent":"2"}],
                        "otherwise":{"model":"dynamic"}}}],
              "otherwise":{"name":"night","unitPrice":"0.25"}}}
            """);
        var june = Given.Month(2024, 6);
        var (day, night) = (june.Start + Duration.FromHours(12), june.Start);
        var totals = Given.Totals(plan, "payments",
            [(day, 100m, Of("a", null)), (day, 900m, Of("a", null)), (day, 7m, Of("b", null)), (night, 8m, Of("a", null))]);
        var line = PeriodRating.Rate(plan, june, june.ToInterval(), Given.Utc, true, totals).Single();
        Assert.Equal(1.5m + 2m + 7m + 2m, line.ExactAmount);
        Assert.Equal(["day: a", "day: otherwise", "night"], line.Steps.Select(s => s.Text[..s.Text.LastIndexOf(':')]));
    }

    /// <remarks>Written apart from the engine: every row is tried, and the most specific of those that hold is taken.</remarks>
    [Fact]
    public void Any_matrix_finds_the_row_that_a_search_of_all_rows_finds() =>
        Gen.Select(Gen.Int[0, 3].Array[3].Array[1, 12], Gen.Int[0, 3].Array[3].Array[1, 20]).Sample((raw, events) =>
        {
            var rows = raw.DistinctBy(r => string.Join(',', r)).ToArray();
            var json = string.Join(',', rows.Select((r, i) =>
                $"{{\"name\":\"r{i}\",\"keys\":{{{Keys(r)}}},\"unitPrice\":\"{i + 1}\"}}"));
            var plan = Given.Compiled(
                $$$"""{"id":"c","meter":"units","model":"matrix","matrix":{"dimensions":["d0","d1","d2"],"rows":[{{{json}}}]}}""");
            foreach (var e in events)
            {
                var best = Enumerable.Range(0, rows.Length)
                    .Where(i => rows[i].Zip(e).All(x => x.First == 0 || x.First == x.Second))
                    .OrderByDescending(i => rows[i].Count(v => v > 0))
                    .ThenByDescending(i => rows[i][0] > 0).ThenByDescending(i => rows[i][1] > 0)
                    .Select(i => (decimal?)(i + 1)).FirstOrDefault();
                var into = new List<Contribution>();
                var dimensions = e.Select((v, d) => (v, d)).Where(x => x.v > 0)
                    .Select(x => KeyValuePair.Create($"d{x.d}", $"v{x.v}")).ToArray();
                plan.Contribute("units", default, 1m, dimensions, Given.Utc, into);
                Assert.Equal(best, into.SingleOrDefault().UnroundedCharge);
            }
        }, iter: 300);

    private static string Keys(int[] row) =>
        string.Join(',', row.Select((v, d) => $"\"d{d}\":\"{(v == 0 ? "*" : $"v{v}")}\""));

    private static KeyValuePair<string, string>[] Of(string? zone, string? type) =>
    [
        .. zone is null ? [] : (KeyValuePair<string, string>[])[new("zone", zone)],
        .. type is null ? [] : (KeyValuePair<string, string>[])[new("type", type)],
    ];

    private static IReadOnlyList<RatedCharge> Rate(
        CompiledPlan plan, params (decimal Value, KeyValuePair<string, string>[] Dimensions)[] usage)
    {
        var june = Given.Month(2024, 6);
        var totals = Given.Totals(plan, "units", usage.Select(u => (june.Start, u.Value, u.Dimensions)));
        var lines = PeriodRating.Rate(plan, june, june.ToInterval(), Given.Utc, true, totals);
        Assert.All(lines, line => Assert.Equal(line.Amount.ToDecimal(), line.Steps.Sum(step => step.Amount)));
        return lines;
    }
}
