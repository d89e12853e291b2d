using OrleansBilling.Core.Pricing;
using OrleansBilling.Core.Rating;

namespace OrleansBilling.Core.Tests.Rating;

/// <summary>Tables that turn dimensions into others.</summary>
public sealed class LookupTests
{
    /// <summary>Mobile country and network codes: 262 is Germany, 26201 one of its networks, 310 to 316 the United States (ITU-T E.212).</summary>
    private const string Networks = """
        "lookups":[
          {"dimension":"zone","from":"network","match":"prefix","values":{"262":"eu","26201":"home","310":"us"},"otherwise":"rest"},
          {"dimension":"tariff","from":"zone","values":{"home":"free","eu":"roaming"}}],
        """;

    private const string Charges = """
        {"id":"data","meter":"units","model":"matrix","matrix":{"dimensions":["zone"],
          "rows":[{"keys":{"zone":"home"},"unitPrice":"1"},{"keys":{"zone":"eu"},"unitPrice":"2"},{"keys":{"zone":"us"},"unitPrice":"3"}],
          "otherwise":{"unitPrice":"9"}}},
        {"id":"roaming","meter":"units","where":{"tariff":["roaming"]},"unitPrice":"100"}
        """;

    [Theory]
    [InlineData("26201", "1")]
    [InlineData("2620", "102")]
    [InlineData("26207", "102")]
    [InlineData("310260", "3")]
    [InlineData("26", "9")]
    [InlineData("208", "9")]
    public void The_longest_prefix_wins_and_a_later_table_sees_what_an_earlier_one_set(string network, string amount) =>
        Assert.Equal(Given.D(amount), Amount(Networks, ("network", network)));

    [Fact]
    public void An_event_without_the_dimension_is_left_as_it_is_and_what_is_set_replaces_what_it_says()
    {
        Assert.Equal(3m, Amount(Networks, ("zone", "us")));
        Assert.Equal(1m, Amount(Networks, ("zone", "us"), ("network", "26201")));
        Assert.Equal(9m, Amount(Networks));
    }

    [Fact]
    public void Without_a_match_and_without_otherwise_nothing_is_set()
    {
        const string Exact = """
            "lookups":[{"dimension":"zone","from":"zone","values":{"DE":"eu"}}],
            """;
        Assert.Equal(2m, Amount(Exact, ("zone", "DE")));
        Assert.Equal(3m, Amount(Exact, ("zone", "us")));
        Assert.Equal(9m, Amount(Exact, ("zone", "DE1")));
    }

    [Fact]
    public void A_plan_is_written_as_it_was_read()
    {
        var plan = Given.Plan(Charges, more: Networks);
        var again = PlanJson.Parse(System.Text.Encoding.UTF8.GetString(PlanJson.Serialize(plan))).Plan!;
        Assert.Equal(PlanJson.Serialize(plan), PlanJson.Serialize(again));
        Assert.Equal(["26201=home", "262=eu", "310=us"], again.Lookups[0].Values.Select(v => $"{v.Key}={v.Value}").Order(StringComparer.Ordinal));
        Assert.Equal((LookupMatch.Prefix, "rest"), (again.Lookups[0].Match, again.Lookups[0].Otherwise));
    }

    [Theory]
    [InlineData("""{"dimension":"","from":"a","values":{"x":"y"}}""", "/lookups/0/dimension", "plan.lookup_text")]
    [InlineData("""{"dimension":"a","from":"b","values":{}}""", "/lookups/0/values", "plan.lookup_empty")]
    [InlineData("""{"dimension":"a","from":"b","values":{"x":""}}""", "/lookups/0/values/x", "plan.lookup_text")]
    [InlineData("""{"dimension":"a","from":"b","values":{"x/1":"y","x/1":"z"}}""", "/lookups/0/values/x~11", "json.duplicate_property")]
    public void What_cannot_be_looked_up_is_refused_with_its_place(string lookup, string pointer, string code) => Assert.Contains(
        PlanValidator.Validate(Given.Plan(Charges, more: $"\"lookups\":[{lookup}],"), Given.Meter),
        error => error.Pointer == pointer && error.Code == code);

    [Fact]
    public void Values_are_counted_as_they_were_sent()
    {
        const string Sessions = """
            "lookups":[{"dimension":"session","from":"network","values":{"1":"other"}}],
            """;
        var plan = Given.Compiled("""{"id":"s","meter":"sessions","unitPrice":"1"}""", more: Sessions);
        var totals = new UsageTotals(plan);
        foreach (var network in new[] { "1", "2" })
        {
            var contributions = new List<Contribution>();
            Assert.Null(plan.Contribute(
                "sessions", Instant.FromUtc(2026, 6, 1, 0, 0), 1m,
                [KeyValuePair.Create("network", network), KeyValuePair.Create("session", "same")], DateTimeZone.Utc, contributions));
            contributions.ForEach(c => totals.Add("d", c));
        }

        Assert.Equal(1m, totals.ToTotals().Values.Single().Quantity);
    }

    /// <summary>What one unit costs.</summary>
    private static decimal Amount(string lookups, params (string Name, string Value)[] dimensions)
    {
        var plan = Given.Compiled(Charges, more: lookups);
        var contributions = new List<Contribution>();
        Assert.Null(plan.Contribute(
            "units", Instant.FromUtc(2026, 6, 1, 0, 0), 1m, [.. dimensions.Select(d => KeyValuePair.Create(d.Name, d.Value))],
            DateTimeZone.Utc, contributions));
        return contributions.Sum(c => c.UnroundedCharge ?? 0m);
    }
}
