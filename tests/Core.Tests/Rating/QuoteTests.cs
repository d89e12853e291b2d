using OrleansBilling.Core.Rating;

namespace OrleansBilling.Core.Tests.Rating;

public class QuoteTests
{
    private const string Tiers =
        """{"model":"graduated","tiers":[{"upTo":"5","unitPrice":"10","flatFee":"100"},{"upTo":null,"unitPrice":"5"}]}""";

    [Fact]
    public void Twelve_units_over_two_tiers_cost_185()
    {
        var quote = Price($$"""{"currency":"EUR","charge":{{Tiers}},"quantity":"12"}""");
        Assert.Equal(("EUR", "185.00", "185"), (quote.Currency, quote.Amount, quote.ExactAmount));
        Assert.Equal([50m, 100m, 35m], quote.Steps.Select(step => step.Amount));
    }

    [Fact]
    public void No_usage_costs_nothing()
    {
        var quote = Price($$"""{"currency":"JPY","charge":{{Tiers}},"quantity":0}""");
        Assert.Equal(("0", "0", 0), (quote.Amount, quote.ExactAmount, quote.Steps.Count));
    }

    [Fact]
    public void Timed_quantities_are_priced_at_their_local_times()
    {
        var quote = Price(
            """
            {"currency":"GBP","zone":"Europe/London","charge":{"unit":"kWh","where":{"site":["a"]},"timeOfUse":{"windows":[{"name":"day","from":"07:00","to":"23:00","unitPrice":"0.30"}],"otherwise":{"name":"night","unitPrice":"0.10"}}},
             "usage":[{"time":"2024-07-01T06:30:00Z","value":"10","dimensions":{"site":"a"}},{"time":"2024-07-01T22:30:00Z","value":"10","dimensions":{"site":"a"}},
                      {"time":"2024-07-01T12:00:00Z","value":"99","dimensions":{"site":"b"}}]}
            """);
        Assert.Equal("4.00", quote.Amount);
    }

    /// <summary>100 included, packs of 50 and of 0.02 thousand: of 200 the last 30 are priced.</summary>
    [Fact]
    public void Packs_cover_what_is_beyond_what_is_included()
    {
        var quote = Price("""
            {"currency":"EUR","charge":{"unit":"kWh","unitPrice":"1","freeQuantity":"100"},"quantity":"200",
             "packs":[{"quantity":"50"},{"quantity":"0.02","unit":"MWh"}]}
            """);
        Assert.Equal("30.00", quote.Amount);
    }

    [Fact]
    public void Packs_that_fit_no_charge_are_refused_with_their_place()
    {
        var plan = Given.Compiled("""{"id":"c","meter":"units","unitPrice":"1"},{"id":"fee","amount":"10"}""");
        var request = new QuoteRequest
        {
            Plan = plan, Quantity = 1m, Packs = [new("fee", 1m, null), new("c", 0m, null), new("c", 1m, "kg"), new("nothing", 1m, null)],
        };
        Assert.Equal(
            [("/packs/0/charge", "pack.charge"), ("/packs/1/quantity", "pack.quantity"), ("/packs/2/unit", "usage.unit_mismatch"), ("/packs/3/charge", "pack.charge")],
            Quote.Price(request).Errors.Select(e => (e.Pointer, e.Code)));
    }

    /// <summary>127 kB of one SIM are 200 kB in units of 100 kB (Soracom); 1 kB of another is 100 kB.</summary>
    [Fact]
    public void Devices_that_a_charge_rounds_by_themselves_are_named_by_the_usage()
    {
        const string Charge = """{"unit":"kB","perDevice":{"roundTo":"100"},"unitPrice":"1"}""";
        const string Usage = """[{"value":"100","device":"a"},{"value":"27","device":"a"},{"value":"1","device":"b"}]""";
        Assert.Equal("300.00", Price($$"""{"currency":"EUR","charge":{{Charge}},"usage":{{Usage}}}""").Amount);
        Assert.Equal("200.00", Price(
            $$"""{"currency":"EUR","charge":{{Charge}},"usage":{{Usage.Replace("\"b\"", "\"a\"", StringComparison.Ordinal)}}}""").Amount);
    }

    [Fact]
    public void Daily_tier_bounds_take_the_days_of_the_request()
    {
        const string Charge = """{"unit":"kWh","model":"graduated","tierBounds":"perDay","tiers":[{"upTo":"1","unitPrice":"1"},{"unitPrice":"2"}]}""";
        Assert.Equal("70.00", Price($$"""{"currency":"CAD","charge":{{Charge}},"quantity":"50"}""").Amount);
        Assert.Equal("50.00", Price($$"""{"currency":"CAD","charge":{{Charge}},"quantity":"50","days":61}""").Amount);
    }

    [Fact]
    public void A_plan_is_quoted_with_all_its_charges()
    {
        var plan = Given.Compiled("""{"id":"fee","amount":"10"},{"id":"sim","kind":"oneTime","amount":"5"},{"id":"c","meter":"units","unitPrice":"0.335"}""");
        var quote = Quote.Price(new() { Plan = plan, Quantity = 1m });
        Assert.Equal(("15.34", "15.335", 3), (quote.Result!.Amount, quote.Result.ExactAmount, quote.Result.Charges.Count));
    }

    /// <summary>Kill Bill, SpyCarAdvanced.xml, discount-standard-monthly in USD: a free trial, 66.00, then 100.00.</summary>
    [Fact]
    public void A_trial_and_a_phase_of_a_plan_are_quoted()
    {
        const string Fee = """{"id":"standard","amount":"100.00"},{"id":"use","meter":"units","unitPrice":"2"}""";
        const string Life = "\"trial\":{\"days\":30},\"phases\":[{\"name\":\"Discount\",\"periods\":3,\"charges\":[{\"id\":\"standard\",\"amount\":\"66.00\"}]}],";
        var plan = Given.Compiled(Fee, "USD", Life);
        Assert.Equal("104.00", Quote.Price(new() { Plan = plan, Quantity = 2m }).Result!.Amount);
        var trial = Quote.Price(new() { Plan = plan, Quantity = 2m, Trial = true }).Result!;
        Assert.Equal(("0.00", "0"), (trial.Amount, trial.ExactAmount));
        Assert.Equal([-100m, -4m], trial.Steps.Where(s => s.Kind == StepKinds.Trial).Select(s => s.Amount));
        var phase = CompiledPlan.Compile(plan.Definition, Given.Meter, phase: 0);
        Assert.Equal("70.00", Quote.Price(new() { Plan = phase, Quantity = 2m, Phase = 1 }).Result!.Amount);
        Assert.Equal("quote.phase_unknown", Quote.Price(new() { Plan = plan, Quantity = 2m, Phase = 2 }).Errors.Single().Code);
        Assert.Equal("quote.trial_and_phase", Quote.Price(new() { Plan = phase, Quantity = 2m, Phase = 1, Trial = true }).Errors.Single().Code);
        Assert.Equal(
            "quote.trial_unknown",
            Quote.Price(new() { Plan = Given.Compiled(Fee), Quantity = 2m, Trial = true }).Errors.Single().Code);
    }

    [Theory]
    [InlineData("\"currency\":\"ZZZ\",\"quantity\":1,\"charge\":{\"unitPrice\":1}", "/currency", "plan.currency_unknown")]
    [InlineData("\"currency\":\"EUR\",\"quantity\":1,\"charge\":{\"model\":\"graduated\",\"tiers\":[{\"upTo\":5,\"unitPrice\":1}]}", "/charge/tiers/0/upTo", "plan.tiers_gap")]
    [InlineData("\"currency\":\"EUR\",\"quantity\":1,\"charge\":{\"unitPrice\":1,\"unit\":\"KB\"}", "/charge/unit", "plan.unit_unknown")]
    [InlineData("\"currency\":\"EUR\",\"charge\":{\"unitPrice\":1}", "/quantity", "quote.quantity_or_usage")]
    [InlineData("\"currency\":\"EUR\",\"quantity\":1", "/charge", "quote.charge_or_plan")]
    [InlineData("\"currency\":\"EUR\",\"quantity\":1,\"days\":0,\"charge\":{\"unitPrice\":1}", "/days", "quote.days_out_of_range")]
    [InlineData("\"currency\":\"EUR\",\"quantity\":\"1000000000000000\",\"charge\":{\"unitPrice\":1}", "/quantity", "rating.quantity_out_of_range")]
    [InlineData("\"currency\":\"EUR\",\"quantity\":\"123456789012345.123456789012\",\"charge\":{\"unitPrice\":\"1.123456789012\"}", "", "rating.inexact")]
    [InlineData("\"currency\":\"EUR\",\"quantity\":1,\"charge\":{\"schedule\":{\"entries\":[{\"from\":\"2020-01-01T00:00:00Z\",\"price\":1}]}}", "/quantity", "quote.time_missing")]
    [InlineData("\"currency\":\"EUR\",\"usage\":[{\"value\":1}],\"charge\":{\"schedule\":{\"entries\":[{\"from\":\"2020-01-01T00:00:00Z\",\"price\":1}]}}", "/usage/0/time", "quote.time_missing")]
    [InlineData("\"currency\":\"EUR\",\"usage\":[{\"time\":\"2019-01-01T00:00:00Z\",\"value\":1}],\"charge\":{\"schedule\":{\"entries\":[{\"from\":\"2020-01-01T00:00:00Z\",\"price\":1}]}}", "/usage/0", "rating.no_price_at_time")]
    public void A_request_that_cannot_be_priced_says_why(string request, string pointer, string code)
    {
        var parsed = QuoteJson.Parse("{" + request + "}");
        Assert.Empty(parsed.Errors);
        Assert.Contains((pointer, code), Quote.Price(parsed.Request!).Errors.Select(e => (e.Pointer, e.Code)));
    }

    [Theory]
    [InlineData("\"charge\":{\"unitPrice\":1},\"quantity\":1", "/currency")]
    [InlineData("\"currency\":\"EUR\",\"charge\":{\"unitPrice\":\"x\"},\"quantity\":1", "/charge/unitPrice")]
    [InlineData("\"currency\":\"EUR\",\"charge\":[],\"quantity\":1", "/charge")]
    [InlineData("\"currency\":\"EUR\",\"zone\":\"Mars/Olympus\"", "/zone")]
    [InlineData("\"currency\":\"EUR\",\"usage\":[{\"time\":\"now\",\"value\":1}]", "/usage/0/time")]
    [InlineData("\"currency\":\"EUR\",\"usage\":[{}]", "/usage/0/value")]
    [InlineData("\"currency\":\"EUR\",\"usage\":[{\"value\":1,\"dimensions\":{\"a\":1}}]", "/usage/0/dimensions/a")]
    [InlineData("\"currency\":\"EUR\",\"quantities\":1", "/quantities")]
    public void A_request_of_another_form_is_told_with_a_pointer(string request, string pointer) =>
        Assert.Contains(pointer, QuoteJson.Parse("{" + request + "}").Errors.Select(e => e.Pointer));

    [Fact]
    public void A_plan_in_another_currency_or_an_unnamed_meter_is_an_error()
    {
        var plan = Given.Compiled("""{"id":"a","meter":"units","unitPrice":"1"},{"id":"b","meter":"water","unitPrice":"1"}""");
        Assert.Equal("/currency", Quote.Price(new() { Plan = plan, Currency = "USD", Quantity = 1m }).Errors.Single().Pointer);
        Assert.Equal("quote.meter_missing", Quote.Price(new() { Plan = plan, Quantity = 1m }).Errors.Single().Code);
        Assert.Equal("acme", QuoteJson.Parse("""{"plan":"acme","quantity":1}""").PlanId);
    }

    private static QuoteResult Price(string json)
    {
        var parsed = QuoteJson.Parse(json);
        Assert.Empty(parsed.Errors);
        var quote = Quote.Price(parsed.Request!);
        Assert.Empty(quote.Errors);
        return quote.Result!;
    }
}
