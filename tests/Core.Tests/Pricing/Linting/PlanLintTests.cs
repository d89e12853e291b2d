using System.Text;
using OrleansBilling.Core.Pricing.Linting;
using OrleansBilling.Core.Tests.Rating;
using OrleansBilling.Core.Usage;

namespace OrleansBilling.Core.Tests.Pricing.Linting;

public class PlanLintTests
{
    [Fact]
    public void Errors_of_form_come_with_line_column_pointer_and_the_fix()
    {
        var finding = Assert.Single(Yaml("id: p\ncurrency: EUR\ncharges:\n  - id: a\n    meter: data\n    unitPrize: 0.10\n    amount: 1\n"));
        Assert.Equal(("6:5", "/charges/0/unitPrize", "json.unknown_property"), (finding.At.ToString(), finding.Error.Pointer, finding.Error.Code));
        Assert.Contains("unitPrice", finding.Error.Message, StringComparison.Ordinal);
        Assert.False(finding.IsWarning);
    }

    [Fact]
    public void Errors_of_meaning_are_all_told_in_the_order_of_the_file()
    {
        var found = Yaml(
            """
            id: p
            currency: euro
            charges:
              - id: a
                meter: nothing
                model: graduated
                tiers:
                  - { upTo: 5, unitPrice: 1 }
            """);
        Assert.Equal(["2:1 plan.currency_unknown", "5:5 plan.meter_unknown", "8:11 plan.tiers_gap"], found.Select(f => $"{f.At} {f.Error.Code}"));
    }

    [Fact]
    public void Without_meters_nothing_is_said_of_them()
    {
        const string Plan = "id: p\ncurrency: EUR\ncharges: [ { id: a, meter: whatever, unit: kWh, unitPrice: 1 } ]";
        Assert.Empty(Yaml(Plan, metersKnown: false));
        Assert.Equal("plan.meter_unknown", Assert.Single(Yaml(Plan)).Error.Code);
    }

    [Fact]
    public void Json_is_checked_like_yaml()
    {
        var found = PlanLint.Check("{ \"id\": \"p\",\n  \"charges\": [] }"u8.ToArray(), yaml: false, Given.Meter);
        Assert.Equal(("1:1", "json.required"), (Assert.Single(found).At.ToString(), found[0].Error.Code));
        Assert.Equal("json.invalid", Assert.Single(PlanLint.Check("{"u8.ToArray(), yaml: false, Given.Meter)).Error.Code);
        Assert.Equal("yaml.invalid", Assert.Single(PlanLint.Check("{"u8.ToArray(), yaml: true, Given.Meter)).Error.Code);
    }

    [Theory]
    [InlineData("model: volume, tiers: [ { upTo: 5, unitPrice: 1 }, { upTo: 9, unitPrice: 0.5 }, { unitPrice: 0.6 } ]", "/tiers/2/unitPrice", "lint.tier_price_rises")]
    [InlineData("model: graduated, tiers: [ { upTo: 5, unitPrice: 0.10 }, { upTo: 9, unitPrice: 0.08 }, { unitPrice: 0.60 } ]", "/tiers/2/unitPrice", "lint.tier_price_turns")]
    [InlineData("model: graduated, tiers: [ { upTo: 5, unitPrice: 1 }, { upTo: 9, unitPrice: 2 }, { unitPrice: 1.5 } ]", "/tiers/2/unitPrice", "lint.tier_price_turns")]
    [InlineData("model: stairstep, tiers: [ { upTo: 5, flatFee: 10 }, { flatFee: 8 } ]", "/tiers/1/flatFee", "lint.bracket_price_falls")]
    [InlineData("unitPrice: 1, maximum: 0", "/maximum", "lint.never_charges")]
    [InlineData("unitPrice: 1, discountPercent: 100", "/discountPercent", "lint.never_charges")]
    [InlineData("unitPrice: 1, where: { zone: [eu] }", "/where", "lint.usage_unpriced")]
    [InlineData("timeOfUse: { windows: [ { name: day, from: '06:00', to: '22:00', unitPrice: 2 }, { name: noon, from: '12:00', to: '13:00', unitPrice: 1 } ], otherwise: { unitPrice: 1 } }", "/timeOfUse/windows/1", "lint.window_never_reached")]
    [InlineData("timeOfUse: { windows: [ { name: a, from: '06:00', to: '22:00', unitPrice: 2 }, { name: b, from: '22:00', to: '06:00', unitPrice: 1 } ], otherwise: { unitPrice: 1 } }", "/timeOfUse/otherwise", "lint.otherwise_never_reached")]
    [InlineData("timeOfUse: { holidays: [2026-01-01], windows: [ { name: a, from: '06:00', to: '22:00', unitPrice: 2 } ], otherwise: { unitPrice: 1 } }", "/timeOfUse/holidays", "lint.holidays_unused")]
    [InlineData("model: matrix, matrix: { dimensions: [z], rows: [ { keys: { z: a }, model: volume, tiers: [ { upTo: 5, unitPrice: 1 }, { unitPrice: 2 } ] } ], otherwise: { unitPrice: 1 } }", "/matrix/rows/0/tiers/1/unitPrice", "lint.tier_price_rises")]
    [InlineData("unitPrice: 1, allowances: [ { id: b, kind: block, quantity: 10, price: 5 }, { id: c, kind: block, quantity: 1, price: 1 } ]", "/allowances/1", "lint.allowance_never_used")]
    [InlineData("unitPrice: 1, allowances: [ { id: b, kind: block, quantity: 10, price: 10.01, maxBlocks: 1 } ]", "/allowances/0/price", "lint.block_dearer_than_overage")]
    public void What_is_suspicious_is_warned_of(string charge, string pointer, string code)
    {
        var finding = Assert.Single(Charge(charge));
        Assert.Equal((code, "/charges/0" + pointer, true), (finding.Error.Code, finding.Error.Pointer, finding.IsWarning));
        Assert.Contains(": ", finding.Error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("model: graduated, tiers: [ { upTo: 5, unitPrice: 1 }, { upTo: 9, unitPrice: 2 }, { unitPrice: 3 } ]")] // Conservation tariffs rise.
    [InlineData("model: graduated, tiers: [ { upTo: 5, unitPrice: 0 }, { upTo: 9, unitPrice: 2 }, { unitPrice: 1 } ]")] // An allowance, then a discount.
    [InlineData("model: volume, tiers: [ { upTo: 5, unitPrice: 2 }, { unitPrice: 1 } ]")]
    [InlineData("model: stairstep, tiers: [ { upTo: 5, flatFee: 10 }, { flatFee: 10 } ]")]
    [InlineData("unitPrice: 0")] // Included usage is said to be included.
    [InlineData("unitPrice: 1, discountPercent: 100, minimum: 5")]
    [InlineData("timeOfUse: { windows: [ { name: noon, from: '12:00', to: '13:00', unitPrice: 1 }, { name: day, from: '06:00', to: '22:00', unitPrice: 2 } ], otherwise: { unitPrice: 1 } }")]
    [InlineData("timeOfUse: { holidays: [2026-01-01], windows: [ { name: a, weekdays: [mon], from: '06:00', to: '22:00', unitPrice: 2 }, { name: b, holidays: true, from: '06:00', to: '22:00', unitPrice: 3 } ], otherwise: { unitPrice: 1 } }")]
    [InlineData("unitPrice: 1, allowances: [ { id: b, kind: block, quantity: 10, price: 10 }, { id: c, kind: block, quantity: 1, price: 1, where: { zone: [eu] } } ]")]
    [InlineData("unitPrice: 1, allowances: [ { id: b, kind: block, quantity: 10, price: 5, maxBlocks: 1 }, { id: c, kind: block, quantity: 1, price: 1 } ]")]
    public void What_is_usual_is_not(string charge) => Assert.Empty(Charge(charge));

    [Fact]
    public void An_allowance_outside_of_its_charge_is_warned_of() => Assert.Equal(["lint.allowance_never_used"], Yaml(
        "id: p\ncurrency: EUR\ncharges: [ { id: a, meter: data, unit: MB, unitPrice: 1, where: { z: [eu] }, allowances: [ "
        + "{ id: x, kind: fixed, quantity: 1, where: { z: [us] } }, { id: y, kind: fixed, quantity: 1, where: { z: [eu, us], t: [sms] } } ] }, "
        + "{ id: b, meter: data, unit: MB, unitPrice: 1 } ]").Select(f => f.Error.Code));

    [Theory]
    [InlineData("where: { zone: [eu, mars] }, unitPrice: 1", "/where/zone")]
    [InlineData("unitPrice: 1, allowances: [ { id: a, kind: fixed, quantity: 1, where: { zone: [mars] } } ]", "/allowances/0/where/zone")]
    [InlineData("model: matrix, matrix: { dimensions: [zone], rows: [ { keys: { zone: eu }, unitPrice: 1 }, { keys: { zone: mars }, unitPrice: 1 } ], otherwise: { unitPrice: 1 } }", "/matrix/rows/1/keys/zone")]
    [InlineData("where: { zone: [eu, other], network: [mars] }, unitPrice: 1", null)]
    public void A_value_that_the_meter_does_not_tell_apart_is_warned_of(string charge, string? pointer)
    {
        var plan = $"id: p\ncurrency: EUR\ncharges: [ {{ id: a, meter: zoned, {charge} }}, {{ id: b, meter: zoned, unitPrice: 1 }} ]\n";
        Assert.Equal(
            pointer is null ? [] : [$"lint.value_never_told /charges/0{pointer}"], Yaml(plan).Select(f => $"{f.Error.Code} {f.Error.Pointer}"));
        // What the plan looks up is not what the meter told.
        Assert.Empty(Yaml(plan + "lookups: [ { dimension: zone, from: network, values: { '310': mars } } ]"));
    }

    [Fact]
    public void A_fault_of_an_expression_comes_with_its_character()
    {
        var finding = Assert.Single(Yaml("id: p\ncurrency: EUR\ncharges:\n  - id: a\n    meter: data\n    unit: MB\n    unitPrice: 1\n    where: zone == eu and\n"));
        Assert.Equal(("8:5", "/charges/0/where", "expression.syntax"), (finding.At.ToString(), finding.Error.Pointer, finding.Error.Code));
        Assert.StartsWith("Character 15: ", finding.Error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[inventory]", true)]
    [InlineData("[inventory, test]", true)]
    [InlineData("[inventory, test, activationReady]", false)]
    [InlineData("[suspended]", false)]
    public void An_activation_fee_that_misses_devices_which_become_active_by_themselves_is_warned_of(string from, bool warned) => Assert.Equal(
        warned ? ["lint.activation_missed"] : [],
        Yaml("id: p\ncurrency: EUR\ndeviceStates: [ { state: test, activateAfterDays: 3 }, { state: activationReady } ]\ncharges: [ "
            + $"{{ id: a, kind: oneTime, per: device, amount: 5, states: [active], fromStates: {from} }} ]").Select(f => f.Error.Code));

    [Fact]
    public void Usage_that_a_second_charge_prices_is_not_unpriced() => Assert.Empty(Yaml(
        "id: p\ncurrency: EUR\ncharges: [ { id: a, meter: data, unit: MB, unitPrice: 1, where: { z: [eu] } }, { id: b, meter: data, unit: MB, unitPrice: 1 } ]"));

    [Theory]
    [InlineData("amount: 0", "/amount", "lint.never_charges")]
    [InlineData("amount: 10", null, null)]
    public void A_fee_of_nothing_is_warned_of(string fee, string? pointer, string? code) => Assert.Equal(
        code is null ? [] : [$"{code} /charges/0{pointer}"],
        Yaml($"id: p\ncurrency: EUR\ncharges: [ {{ id: a, kind: recurring, {fee} }} ]").Select(f => $"{f.Error.Code} {f.Error.Pointer}"));

    [Theory]
    [InlineData("20", true)]
    [InlineData("30", true)]
    [InlineData("30.01", false)]
    public void A_maximum_that_the_fees_reach_alone_is_warned_of(string maximum, bool warned) => Assert.Equal(
        warned ? ["lint.maximum_below_fees"] : [],
        Yaml($"id: p\ncurrency: EUR\nmaximum: {{ amount: {maximum} }}\ncharges: [ {{ id: a, amount: 40, discountPercent: 25 }}, {{ id: b, meter: data, unit: MB, unitPrice: 1 }} ]")
            .Select(f => f.Error.Code));

    [Theory]
    [InlineData("unitPrice: 1", true)]
    [InlineData("unitPrice: 1, unit: MB", false)]
    [InlineData("unitPrice: 1, of: events", false)]
    [InlineData("amount: 1", false)]
    [InlineData("model: dynamic", false)]
    public void A_price_for_an_unknown_unit_is_warned_of(string charge, bool warned) => Assert.Equal(
        warned ? ["lint.unit_missing"] : [],
        Yaml($"id: p\ncurrency: EUR\ncharges: [ {{ id: a, meter: data, {charge} }} ]", metersKnown: false).Select(f => f.Error.Code));

    private static IReadOnlyList<LintFinding> Charge(string charge) =>
        Yaml($"id: p\ncurrency: EUR\ncharges: [ {{ id: a, meter: data, unit: MB, {charge} }} ]");

    private static IReadOnlyList<LintFinding> Yaml(string plan, bool metersKnown = true) => PlanLint.Check(
        Encoding.UTF8.GetBytes(plan), yaml: true, metersKnown ? Given.Meter : (Func<string, MeterDefinition?>?)null);
}
