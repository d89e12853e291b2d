using OrleansBilling.Core.Pricing;
using OrleansBilling.Core.Tests.Rating;

namespace OrleansBilling.Core.Tests.Pricing;

public class PlanValidatorTests
{
    private const string Tou = "\"timeOfUse\":{\"windows\":[{\"name\":\"a\",\"from\":\"07:00\",\"to\":\"08:00\",\"unitPrice\":\"1\"}],\"otherwise\":{\"unitPrice\":\"1\"}}";
    private const string Until = "\"until\":\"2013-01-01T00:00:00Z\"";
    private const string First = "{\"from\":\"2013-01-01T00:00:00Z\",\"price\":\"1\"}";

    [Theory]
    [InlineData("\"unitPrice\":\"1\",\"blockAt\":\"included\"", "/blockAt", "plan.block_without_limit")]
    [InlineData("\"unitPrice\":\"1\",\"blockAt\":\"maximum\"", "/blockAt", "plan.block_without_limit")]
    [InlineData("\"unitPrice\":\"1\",\"freeQuantity\":\"1\",\"perDevice\":{\"roundTo\":\"1\"},\"blockAt\":\"included\"", "/blockAt", "plan.block_not_additive")]
    [InlineData("\"maximum\":\"1\",\"timeOfUse\":{\"windows\":[{\"name\":\"w\",\"from\":\"00:00\",\"to\":\"24:00\",\"model\":\"matrix\",\"matrix\":{\"dimensions\":[\"d\"],\"counters\":\"shared\",\"rows\":[{\"keys\":{\"d\":\"x\"},\"unitPrice\":\"1\"}],\"otherwise\":{\"unitPrice\":\"2\"}}}]},\"blockAt\":\"maximum\"", "/blockAt", "plan.block_not_for_price")]
    [InlineData("\"unitPrice\":\"1\",\"unit\":\"kwh\"", "/unit", "plan.unit_unknown")]
    [InlineData("\"unitPrice\":\"1\",\"unit\":\"kWh\"", "/unit", "plan.unit_not_convertible")]
    [InlineData("\"unitPrice\":\"1\",\"unit\":\"GB\",\"of\":\"events\"", "/unit", "plan.unit_with_events")]
    [InlineData("\"unitPrice\":\"1000000000\"", "/unitPrice", "plan.price_out_of_range")]
    [InlineData("\"unitPrice\":\"0.0000000000001\"", "/unitPrice", "plan.price_out_of_range")]
    [InlineData("\"model\":\"perUnit\"", "/unitPrice", "plan.parameter_missing")]
    [InlineData("\"model\":\"flat\",\"amount\":\"1\",\"unitPrice\":\"1\"", "/unitPrice", "plan.parameter_not_for_model")]
    [InlineData("\"model\":\"perUnit\",\"unitPrice\":\"1\",\"tiers\":[{\"unitPrice\":\"1\"}]", "/tiers", "plan.parameter_not_for_model")]
    [InlineData("\"unitPrice\":\"1\",\"firstFlatAtZero\":true", "/firstFlatAtZero", "plan.parameter_not_for_model")]
    [InlineData("\"unitPrice\":\"1\",\"tierBounds\":\"perDay\"", "/tierBounds", "plan.parameter_not_for_model")]
    [InlineData("\"unitPrice\":\"1\",\"freeUnits\":\"1\"", "/freeUnits", "plan.parameter_not_for_model")]
    [InlineData("\"model\":\"package\",\"packageSize\":\"0\",\"packagePrice\":\"1\"", "/packageSize", "plan.quantity_negative")]
    [InlineData("\"model\":\"package\",\"packageSize\":\"1\"", "/packagePrice", "plan.parameter_missing")]
    [InlineData("\"model\":\"package\",\"packageSize\":\"1\",\"packagePrice\":\"1\",\"freeUnits\":\"-1\"", "/freeUnits", "plan.quantity_negative")]
    [InlineData("\"model\":\"graduated\"", "/tiers", "plan.tiers_missing")]
    [InlineData("\"model\":\"volume\",\"tiers\":[]", "/tiers", "plan.tiers_missing")]
    [InlineData("\"model\":\"graduated\",\"tiers\":[{\"upTo\":\"5\",\"unitPrice\":\"1\"}]", "/tiers/0/upTo", "plan.tiers_gap")]
    [InlineData("\"model\":\"graduated\",\"tiers\":[{\"unitPrice\":\"1\"},{\"upTo\":\"5\",\"unitPrice\":\"1\"}]", "/tiers/0/upTo", "plan.tier_after_unbounded")]
    [InlineData("\"model\":\"graduated\",\"tiers\":[{\"upTo\":\"5\",\"unitPrice\":\"1\"},{\"upTo\":\"5\",\"unitPrice\":\"1\"},{\"unitPrice\":\"1\"}]", "/tiers/1/upTo", "plan.tiers_not_ascending")]
    [InlineData("\"model\":\"graduated\",\"tiers\":[{\"upTo\":\"5\",\"unitPrice\":\"1\"},{\"upTo\":\"4\",\"unitPrice\":\"1\"},{\"unitPrice\":\"1\"}]", "/tiers/1/upTo", "plan.tiers_not_ascending")]
    [InlineData("\"model\":\"graduated\",\"tiers\":[{\"upTo\":\"0\",\"unitPrice\":\"1\"},{\"unitPrice\":\"1\"}]", "/tiers/0/upTo", "plan.quantity_negative")]
    [InlineData("\"model\":\"graduated\",\"tiers\":[{\"upTo\":\"-5\",\"unitPrice\":\"1\"},{\"unitPrice\":\"1\"}]", "/tiers/0/upTo", "plan.quantity_negative")]
    [InlineData("\"model\":\"graduated\",\"tiers\":[{\"upTo\":\"1000000000000000\",\"unitPrice\":\"1\"},{\"unitPrice\":\"1\"}]", "/tiers/0/upTo", "plan.quantity_out_of_range")]
    [InlineData("\"model\":\"graduated\",\"tierBounds\":\"perDay\",\"tiers\":[{\"upTo\":\"1000000000\",\"unitPrice\":\"1\"},{\"unitPrice\":\"1\"}]", "/tiers/0/upTo", "plan.quantity_out_of_range")]
    [InlineData("\"model\":\"graduated\",\"tiers\":[{\"upTo\":\"5\"},{\"unitPrice\":\"1\"}]", "/tiers/0", "plan.tier_price_missing")]
    [InlineData("\"model\":\"stairstep\",\"tiers\":[{\"unitPrice\":\"5\",\"flatFee\":\"1\"}]", "/tiers/0/unitPrice", "plan.parameter_not_for_model")]
    [InlineData("\"model\":\"stairstep\",\"tiers\":[{\"upTo\":\"5\"},{\"flatFee\":\"1\"}]", "/tiers/0/flatFee", "plan.tier_price_missing")]
    [InlineData("\"of\":\"value\"", "/model", "plan.price_missing")]
    [InlineData("\"unitPrice\":\"1\"," + Tou, "", "plan.price_twice")]
    [InlineData("\"freeQuantity\":\"1\"," + Tou, "/freeQuantity", "plan.free_quantity_with_time")]
    [InlineData("\"unitPrice\":\"1\",\"freeQuantity\":\"-1\"", "/freeQuantity", "plan.quantity_negative")]
    [InlineData("\"unitPrice\":\"1\",\"discountPercent\":\"101\"", "/discountPercent", "plan.discount_out_of_range")]
    [InlineData("\"unitPrice\":\"1\",\"discountPercent\":\"-1\"", "/discountPercent", "plan.discount_out_of_range")]
    [InlineData("\"unitPrice\":\"1\",\"minimum\":\"-1\"", "/minimum", "plan.amount_negative")]
    [InlineData("\"unitPrice\":\"1\",\"minimum\":\"2\",\"maximum\":\"1\"", "/minimum", "plan.minimum_above_maximum")]
    [InlineData("\"unitPrice\":\"1\",\"perEvent\":{\"roundUpTo\":\"0\"}", "/perEvent/roundUpTo", "plan.quantity_negative")]
    [InlineData("\"unitPrice\":\"1\",\"perEvent\":{\"free\":\"-1\"}", "/perEvent/free", "plan.quantity_negative")]
    [InlineData("\"unitPrice\":\"1\",\"of\":\"events\",\"perEvent\":{\"free\":\"1\"}", "/perEvent", "plan.per_event_with_events")]
    [InlineData("\"unitPrice\":\"1\",\"where\":{\"a\":[]}", "/where/a", "plan.where_values")]
    [InlineData("\"unitPrice\":\"1\",\"where\":{\"\":[\"x\"]}", "/where/", "plan.text_invalid")]
    [InlineData("\"unitPrice\":\"1\",\"per\":\"day\"", "/per", "plan.recurring_only")]
    [InlineData("\"unitPrice\":\"1\",\"proration\":\"none\"", "/proration", "plan.recurring_only")]
    [InlineData("\"kind\":\"recurring\",\"amount\":\"1\"", "/meter", "plan.usage_only")]
    [InlineData("\"kind\":\"recurring\",\"unitPrice\":\"1\"", "/model", "plan.model_not_for_kind")]
    [InlineData("\"kind\":\"recurring\"," + Tou, "/timeOfUse", "plan.usage_only")]
    [InlineData("\"kind\":\"oneTime\",\"amount\":\"1\",\"of\":\"events\"", "/of", "plan.usage_only")]
    [InlineData("\"timeOfUse\":{\"windows\":[],\"otherwise\":{\"unitPrice\":\"1\"}}", "/timeOfUse/windows", "plan.windows_missing")]
    [InlineData("\"timeOfUse\":{\"windows\":[{\"name\":\"a\",\"from\":\"07:00\",\"to\":\"08:00\",\"unitPrice\":\"1\"}]}", "/timeOfUse/otherwise", "plan.otherwise_missing")]
    [InlineData("\"timeOfUse\":{\"windows\":[{\"name\":\"a\",\"from\":\"07:00\",\"to\":\"07:00\",\"unitPrice\":\"1\"}]}", "/timeOfUse/windows/0/to", "plan.window_empty")]
    [InlineData("\"timeOfUse\":{\"windows\":[{\"name\":\"a\",\"weekdays\":[],\"from\":\"07:00\",\"to\":\"08:00\",\"unitPrice\":\"1\"}]}", "/timeOfUse/windows/0/weekdays", "plan.window_weekdays_empty")]
    [InlineData("\"timeOfUse\":{\"windows\":[{\"name\":\"a\",\"holidays\":true,\"from\":\"07:00\",\"to\":\"08:00\",\"unitPrice\":\"1\"}]}", "/timeOfUse/windows/0/holidays", "plan.holidays_missing")]
    [InlineData("\"timeOfUse\":{\"windows\":[{\"name\":\"a\",\"from\":\"00:00\",\"to\":\"24:00\",\"unitPrice\":\"1\"},{\"name\":\"a\",\"from\":\"07:00\",\"to\":\"08:00\",\"unitPrice\":\"1\"}]}", "/timeOfUse/windows/1/name", "plan.window_name_duplicate")]
    [InlineData("\"timeOfUse\":{\"windows\":[{\"name\":\"a\",\"from\":\"00:00\",\"to\":\"24:00\",\"model\":\"graduated\",\"tiers\":[{\"upTo\":\"1\",\"unitPrice\":\"1\"}]}]}", "/timeOfUse/windows/0/tiers/0/upTo", "plan.tiers_gap")]
    [InlineData("\"schedule\":{\"entries\":[]}", "/schedule/entries", "plan.schedule_empty")]
    [InlineData("\"schedule\":{\"entries\":[" + First + "," + First + "]}", "/schedule/entries/1/from", "plan.schedule_not_ascending")]
    [InlineData("\"schedule\":{\"entries\":[" + First + "]," + Until + "}", "/schedule/until", "plan.schedule_until")]
    [InlineData("\"schedule\":{\"entries\":[{\"from\":\"2013-01-01T00:00:00Z\"}]}", "/schedule/entries/0", "plan.schedule_entry_price")]
    [InlineData("\"schedule\":{\"entries\":[{\"from\":\"2013-01-01T00:00:00Z\",\"band\":\"x\"}]}", "/schedule/entries/0/band", "plan.schedule_band_unknown")]
    [InlineData("\"schedule\":{\"bands\":{\"x\":\"1\"},\"entries\":[" + First + ",{\"from\":\"2013-01-02T00:00:00Z\",\"band\":\"x\"}]}", "/schedule/entries/1", "plan.schedule_mixed")]
    [InlineData("\"schedule\":{\"bands\":{\"x\":\"1000000000\"},\"entries\":[{\"from\":\"2013-01-01T00:00:00Z\",\"band\":\"x\"}]}", "/schedule/bands/x", "plan.price_out_of_range")]
    public void Every_mistake_in_a_charge_is_told_with_its_pointer_and_code(string properties, string pointer, string code)
    {
        var plan = Given.Plan($$"""{"id":"c","meter":"data",{{properties}}}""");
        var errors = PlanValidator.Validate(plan, Given.Meter);
        Assert.Contains(("/charges/0" + pointer, code), errors.Select(e => (e.Pointer, e.Code)));
        Assert.All(errors, error => Assert.True(error.Message.Length > 10));
    }

    [Theory]
    [InlineData("\"meter\":\"ride\",\"unit\":\"h\",\"schedule\":{\"entries\":[" + First + "]}", "/unit", "rating.inexact")]
    [InlineData("\"meter\":\"nothing\",\"unitPrice\":\"1\"", "/meter", "plan.meter_unknown")]
    [InlineData("\"kind\":\"usage\",\"unitPrice\":\"1\"", "/meter", "plan.meter_missing")]
    public void Meters_and_their_units_are_checked(string properties, string pointer, string code)
    {
        var plan = Given.Plan($$"""{"id":"c",{{properties}}}""");
        Assert.Contains(
            ("/charges/0" + pointer, code), PlanValidator.Validate(plan, Given.Meter).Select(e => (e.Pointer, e.Code)));
    }

    [Theory]
    [InlineData("\"meter\":\"payments\",\"model\":\"percentage\"", "/ratePercent", "plan.parameter_missing")]
    [InlineData("\"meter\":\"payments\",\"model\":\"percentage\",\"ratePercent\":\"1001\"", "/ratePercent", "plan.percent_out_of_range")]
    [InlineData("\"meter\":\"payments\",\"model\":\"percentage\",\"ratePercent\":\"-1\"", "/ratePercent", "plan.percent_out_of_range")]
    [InlineData("\"meter\":\"payments\",\"model\":\"percentage\",\"ratePercent\":\"1\",\"fixedFee\":\"-1\"", "/fixedFee", "plan.amount_negative")]
    [InlineData("\"meter\":\"payments\",\"model\":\"percentage\",\"ratePercent\":\"1\",\"minimumPerEvent\":\"2\",\"maximumPerEvent\":\"1\"", "/minimumPerEvent", "plan.minimum_above_maximum")]
    [InlineData("\"meter\":\"payments\",\"model\":\"percentage\",\"ratePercent\":\"1\",\"fixedFee\":\"1\",\"maximumPerEvent\":\"2\",\"freeEvents\":\"1\"", "/freeEvents", "plan.free_with_event_limits")]
    [InlineData("\"meter\":\"payments\",\"model\":\"percentage\",\"ratePercent\":\"1\",\"minimumPerEvent\":\"2\",\"freeAmount\":\"1\"", "/freeAmount", "plan.free_with_event_limits")]
    [InlineData("\"meter\":\"payments\",\"model\":\"percentage\",\"ratePercent\":\"1\",\"freeEvents\":\"1\"", "/freeEvents", "plan.free_events_without_fee")]
    [InlineData("\"meter\":\"payments\",\"model\":\"percentage\",\"ratePercent\":\"1\",\"fixedFee\":\"1\",\"freeEvents\":\"1.5\"", "/freeEvents", "plan.events_not_whole")]
    [InlineData("\"meter\":\"payments\",\"model\":\"percentage\",\"ratePercent\":\"1\",\"markupPercent\":\"1\"", "/markupPercent", "plan.parameter_not_for_model")]
    [InlineData("\"meter\":\"payments\",\"model\":\"percentage\",\"ratePercent\":\"1\",\"freeQuantity\":\"1\"", "/freeQuantity", "plan.free_quantity_with_events")]
    [InlineData("\"meter\":\"payments\",\"model\":\"percentage\",\"ratePercent\":\"1\",\"of\":\"events\"", "/of", "plan.money_of_events")]
    [InlineData("\"meter\":\"units\",\"model\":\"percentage\",\"ratePercent\":\"1\"", "/meter", "plan.unit_not_money")]
    [InlineData("\"meter\":\"payouts\",\"model\":\"dynamic\"", "/meter", "plan.unit_not_money")]
    [InlineData("\"meter\":\"payments\",\"unit\":\"USD\",\"model\":\"dynamic\"", "/unit", "plan.unit_not_money")]
    [InlineData("\"meter\":\"payments\",\"model\":\"dynamic\",\"markupPercent\":\"-101\"", "/markupPercent", "plan.percent_out_of_range")]
    [InlineData("\"meter\":\"payments\",\"model\":\"dynamic\",\"ratePercent\":\"1\"", "/ratePercent", "plan.parameter_not_for_model")]
    [InlineData("\"meter\":\"till\",\"model\":\"dynamic\"", "/model", "plan.events_of_register")]
    [InlineData("\"meter\":\"till\",\"model\":\"percentage\",\"ratePercent\":\"1\",\"fixedFee\":\"1\"", "/model", "plan.events_of_register")]
    [InlineData("\"meter\":\"units\",\"unitPrice\":\"1\",\"maximumPerEvent\":\"1\"", "/maximumPerEvent", "plan.parameter_not_for_model")]
    [InlineData("\"meter\":\"units\",\"unitPrice\":\"1\",\"prorateBounds\":true", "/prorateBounds", "plan.prorate_without_bounds")]
    [InlineData("\"meter\":\"payments\",\"model\":\"dynamic\",\"perLine\":{\"roundTo\":\"1\"}", "/perLine", "plan.rounding_with_events")]
    [InlineData("\"meter\":\"payments\",\"model\":\"dynamic\",\"perDevice\":{\"roundTo\":\"1\"}", "/perDevice", "plan.rounding_with_events")]
    [InlineData("\"meter\":\"units\",\"perLine\":{\"roundTo\":\"1\"},\"model\":\"matrix\",\"matrix\":{\"dimensions\":[\"z\"],\"counters\":\"shared\",\"rows\":[{\"unitPrice\":\"1\"}]}", "/perLine", "plan.rounding_with_shared_counters")]
    [InlineData("\"meter\":\"peak\",\"model\":\"dynamic\"", "/meter", "plan.unit_not_money")]
    [InlineData("\"meter\":\"payments\",\"model\":\"graduatedPercentage\"", "/tiers", "plan.tiers_missing")]
    [InlineData("\"meter\":\"payments\",\"model\":\"graduatedPercentage\",\"tiers\":[{\"unitPrice\":\"1\",\"ratePercent\":\"1\"}]", "/tiers/0/unitPrice", "plan.parameter_not_for_model")]
    [InlineData("\"meter\":\"payments\",\"model\":\"graduatedPercentage\",\"tiers\":[{}]", "/tiers/0", "plan.tier_price_missing")]
    [InlineData("\"meter\":\"units\",\"model\":\"graduated\",\"tiers\":[{\"unitPrice\":\"1\",\"ratePercent\":\"1\"}]", "/tiers/0/ratePercent", "plan.parameter_not_for_model")]
    [InlineData("\"meter\":\"units\",\"model\":\"matrix\"", "/matrix", "plan.parameter_missing")]
    [InlineData("\"meter\":\"units\",\"model\":\"matrix\",\"matrix\":{\"dimensions\":[\"z\",\"t\"],\"rows\":[{\"keys\":{\"z\":\"a\"},\"unitPrice\":\"1\"}]},\"freeQuantity\":\"1\"", "/freeQuantity", "plan.free_quantity_with_matrix")]
    [InlineData("\"meter\":\"till\",\"model\":\"matrix\",\"matrix\":{\"dimensions\":[\"z\",\"t\"],\"rows\":[{\"keys\":{\"z\":\"a\"},\"unitPrice\":\"1\"}]}", "/matrix", "plan.matrix_of_register")]
    [InlineData("\"meter\":\"units\",\"model\":\"matrix\",\"matrix\":{\"dimensions\":[\"z\",\"t\"],\"rows\":[{\"keys\":{\"x\":\"a\"},\"unitPrice\":\"1\"}]}", "/matrix/rows/0/keys/x", "plan.matrix_key_unknown")]
    [InlineData("\"meter\":\"units\",\"model\":\"matrix\",\"matrix\":{\"dimensions\":[\"z\",\"t\"],\"rows\":[{\"keys\":{\"z\":[\"a\",\"*\"]},\"unitPrice\":\"1\"}]}", "/matrix/rows/0/keys/z", "plan.matrix_wildcard_in_list")]
    [InlineData("\"meter\":\"units\",\"model\":\"matrix\",\"matrix\":{\"dimensions\":[\"z\",\"t\"],\"rows\":[{\"keys\":{\"z\":[]},\"unitPrice\":\"1\"}]}", "/matrix/rows/0/keys/z", "plan.where_values")]
    [InlineData("\"meter\":\"units\",\"model\":\"matrix\",\"matrix\":{\"dimensions\":[\"z\",\"t\"],\"rows\":[{\"name\":\"r\",\"keys\":{\"z\":\"a\"},\"unitPrice\":\"1\"},{\"name\":\"r\",\"keys\":{\"z\":\"b\"},\"unitPrice\":\"1\"}]}", "/matrix/rows/1/name", "plan.matrix_row_name_duplicate")]
    [InlineData("\"meter\":\"units\",\"model\":\"matrix\",\"matrix\":{\"dimensions\":[\"z\",\"t\"],\"rows\":[{\"name\":\"one\",\"keys\":{\"z\":[\"a\",\"b\"]},\"unitPrice\":\"1\"},{\"name\":\"two\",\"keys\":{\"t\":\"*\",\"z\":[\"b\",\"c\"]},\"unitPrice\":\"1\"}]}", "/matrix/rows/1/keys", "plan.matrix_ambiguous")]
    [InlineData("\"meter\":\"units\",\"model\":\"matrix\",\"matrix\":{\"dimensions\":[\"z\",\"t\"],\"rows\":[{\"name\":\"any\",\"unitPrice\":\"1\"}],\"otherwise\":{\"unitPrice\":\"1\"}}", "/matrix/otherwise", "plan.matrix_ambiguous")]
    [InlineData("\"meter\":\"units\",\"model\":\"matrix\",\"matrix\":{\"dimensions\":[\"z\",\"t\"],\"rows\":[{\"keys\":{\"z\":\"a\"},\"model\":\"package\",\"packageSize\":\"1\",\"packagePrice\":\"1\"}],\"counters\":\"shared\"}", "/matrix/rows/0/model", "plan.counters_not_shared")]
    [InlineData("\"meter\":\"units\",\"model\":\"matrix\",\"matrix\":{\"dimensions\":[\"z\",\"t\"],\"rows\":[{\"keys\":{\"z\":\"a\"},\"model\":\"volume\",\"tiers\":[{\"flatFee\":\"1\"}]}],\"counters\":\"shared\"}", "/matrix/rows/0/tiers", "plan.counters_not_shared")]
    [InlineData("\"meter\":\"units\",\"model\":\"matrix\",\"matrix\":{\"dimensions\":[\"z\",\"t\"],\"rows\":[{\"keys\":{\"z\":\"a\"},\"model\":\"volume\",\"firstFlatAtZero\":true,\"tiers\":[{\"flatFee\":\"1\"}]}]}", "/matrix/rows/0/firstFlatAtZero", "plan.matrix_first_flat")]
    [InlineData("\"meter\":\"units\",\"model\":\"matrix\",\"matrix\":{\"dimensions\":[\"z\",\"t\"],\"rows\":[{\"keys\":{\"z\":\"a\"},\"model\":\"matrix\",\"matrix\":{\"dimensions\":[\"z\",\"t\"],\"rows\":[{\"unitPrice\":\"1\"}]}}]}", "/matrix/rows/0/matrix", "plan.matrix_nested")]
    [InlineData("\"meter\":\"units\",\"model\":\"matrix\",\"matrix\":{\"dimensions\":[\"z\",\"t\"],\"rows\":[{\"keys\":{\"z\":\"a\"},\"unitPrice\":\"1\",\"tiers\":[{\"unitPrice\":\"1\"}]}]}", "/matrix/rows/0/tiers", "plan.parameter_not_for_model")]
    [InlineData("\"meter\":\"units\",\"model\":\"matrix\",\"matrix\":{\"dimensions\":[\"z\",\"z\"],\"rows\":[{\"unitPrice\":\"1\"}]}", "/matrix/dimensions/1", "plan.matrix_dimensions")]
    [InlineData("\"meter\":\"units\",\"model\":\"matrix\",\"matrix\":{\"dimensions\":[],\"rows\":[]}", "/matrix/rows", "plan.matrix_rows")]
    [InlineData("\"kind\":\"recurring\",\"per\":\"device\",\"model\":\"percentage\",\"ratePercent\":\"1\"", "/model", "plan.model_not_for_kind")]
    public void Prices_of_money_and_of_dimensions_are_checked(string properties, string pointer, string code)
    {
        var errors = PlanValidator.Validate(Given.Plan($$"""{"id":"c",{{properties}}}"""), Given.Meter);
        Assert.Contains(("/charges/0" + pointer, code), errors.Select(e => (e.Pointer, e.Code)));
        Assert.All(errors, error => Assert.True(error.Message.Length > 10));
    }

    [Fact]
    public void A_tie_of_rows_names_both()
    {
        var plan = Given.Plan("""
            {"id":"c","meter":"units","model":"matrix","matrix":{"dimensions":["z"],"rows":[
              {"name":"one","keys":{"z":"a"},"unitPrice":"1"},{"name":"two","keys":{"z":"a"},"unitPrice":"1"}]}}
            """);
        var message = PlanValidator.Validate(plan, Given.Meter).Single().Message;
        Assert.Contains("'one'", message, StringComparison.Ordinal);
        Assert.Contains("'two'", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"minimum\":{\"amount\":\"-1\"},", "/minimum/amount", "plan.amount_negative")]
    [InlineData("\"minimum\":{\"amount\":\"2\"},\"maximum\":{\"amount\":\"1\"},", "/minimum/amount", "plan.minimum_above_maximum")]
    [InlineData("\"minimum\":{\"amount\":\"1\",\"prorate\":false},\"maximum\":{\"amount\":\"2\",\"prorate\":true},", "/maximum/prorate", "plan.maximum_prorated_alone")]
    [InlineData("\"discounts\":[{\"id\":\"c\",\"percent\":\"1\"}],", "/discounts/0/id", "plan.discount_id_duplicate")]
    [InlineData("\"discounts\":[{\"id\":\"d\",\"percent\":\"1\"},{\"id\":\"d\",\"percent\":\"1\"}],", "/discounts/1/id", "plan.discount_id_duplicate")]
    [InlineData("\"discounts\":[{\"id\":\"d\"}],", "/discounts/0", "plan.discount_percent_or_amount")]
    [InlineData("\"discounts\":[{\"id\":\"d\",\"percent\":\"1\",\"amount\":\"1\"}],", "/discounts/0", "plan.discount_percent_or_amount")]
    [InlineData("\"discounts\":[{\"id\":\"d\",\"percent\":\"101\"}],", "/discounts/0/percent", "plan.discount_out_of_range")]
    [InlineData("\"discounts\":[{\"id\":\"d\",\"amount\":\"-1\"}],", "/discounts/0/amount", "plan.amount_negative")]
    [InlineData("\"discounts\":[{\"id\":\"d\",\"amount\":\"1\",\"charges\":[\"x\"]}],", "/discounts/0/charges/0", "plan.discount_charge_unknown")]
    [InlineData("\"discounts\":[{\"id\":\"d\",\"amount\":\"1\",\"periods\":0}],", "/discounts/0/periods", "plan.discount_periods")]
    [InlineData("\"maximum\":{\"amount\":\"1\"},\"discounts\":[{\"id\":\"maximum\",\"amount\":\"1\"}],", "/discounts/0/id", "plan.id_reserved")]
    public void What_a_plan_says_of_the_whole_bill_is_checked(string terms, string pointer, string code)
    {
        var plan = Given.Plan("""{"id":"c","meter":"units","unitPrice":"1"}""", more: terms);
        Assert.Equal((pointer, code), PlanValidator.Validate(plan, Given.Meter).Select(e => (e.Pointer, e.Code)).Single());
    }

    [Fact]
    public void The_head_of_a_plan_is_checked()
    {
        var plan = new PlanDefinition("a b", " ", "ZZZ", new(default, 0), default, []);
        Assert.Equal(
            ["plan.id_invalid", "plan.name_invalid", "plan.currency_unknown", "plan.cycle_count", "plan.charges_missing"],
            PlanValidator.Validate(plan, Given.Meter).Select(e => e.Code));
    }

    [Fact]
    public void Two_charges_with_one_id_and_too_many_charges_are_refused()
    {
        var plan = Given.Plan("""{"id":"c","amount":"1"},{"id":"c","amount":"1"}""");
        Assert.Equal("/charges/1/id", PlanValidator.Validate(plan, Given.Meter).Single().Pointer);
        var many = plan with { Charges = [.. Enumerable.Range(0, 201).Select(i => plan.Charges[0] with { Id = $"c{i}" })] };
        Assert.Equal("plan.too_many", PlanValidator.Validate(many, Given.Meter).Single().Code);
    }

    [Fact]
    public void Windows_that_cover_every_time_together_need_no_otherwise()
    {
        const string Windows =
            """
            {"id":"c","meter":"data","timeOfUse":{"holidays":["2024-05-01"],"windows":[
              {"name":"day","weekdays":["mon","tue","wed","thu","fri"],"from":"07:00","to":"19:00","holidays":false,"unitPrice":"1"},
              {"name":"holiday","from":"00:00","to":"24:00","holidays":true,"unitPrice":"1"},
              {"name":"weekend","weekdays":["sat","sun"],"from":"00:00","to":"24:00","unitPrice":"1"},
              {"name":"night","weekdays":["mon","tue","wed","thu","fri"],"from":"19:00","to":"07:00","holidays":false,"unitPrice":"1"},
              {"name":"early","from":"00:00","to":"07:00","season":{"from":"01-01","to":"12-31"},"unitPrice":"1"}]}}
            """;
        Assert.Empty(PlanValidator.Validate(Given.Plan(Windows), Given.Meter));
        var gap = Windows.Replace("12-31", "12-30", StringComparison.Ordinal);
        Assert.Equal("plan.otherwise_missing", PlanValidator.Validate(Given.Plan(gap), Given.Meter).Single().Code);
    }

    [Fact]
    public void An_invalid_plan_does_not_compile() => Assert.Contains(
        "/charges/0/meter",
        Assert.Throws<ArgumentException>(() => Given.Compiled("""{"id":"c","meter":"nothing","unitPrice":"1"}""")).Message,
        StringComparison.Ordinal);

    [Fact]
    public void A_schedule_of_a_thousand_mistakes_lists_a_hundred()
    {
        var entries = Enumerable.Range(0, 1_000).Select(_ => new ScheduleEntry(default, null, null)).ToArray();
        var plan = Given.Plan("""{"id":"c","meter":"data","unitPrice":"1"}""");
        plan = plan with { Charges = [plan.Charges[0] with { Price = null, Schedule = new([], entries, null) }] };
        Assert.Equal(PlanValidator.MaxErrors, PlanValidator.Validate(plan, Given.Meter).Count);
    }
}
