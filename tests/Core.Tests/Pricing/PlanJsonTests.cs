using System.Text;
using OrleansBilling.Core.Amounts;
using OrleansBilling.Core.Periods;
using OrleansBilling.Core.Pricing;
using OrleansBilling.Core.Validation;

namespace OrleansBilling.Core.Tests.Pricing;

public class PlanJsonTests
{
    internal const string Everything =
        """
        { "id": "all", "name": "Tout \u00e9 \"x\"", "currency": "CAD", "cycle": {"unit":"week","count":2}, "rounding": "halfEven",
          "lookups": [ {"dimension":"zone","from":"network","match":"prefix","values":{"262":"a","2/6~2":"b"},"otherwise":"b"} ],
          "charges": [
            { "id": "a", "name": "A", "meter": "data", "unit": "MiB", "where": {"zone":["a","b"],"x/y~z":["1"]},
              "perEvent": {"free":"10","roundUpTo":1.50}, "model": "graduated", "tierBounds": "perDay", "firstFlatAtZero": true,
              "tiers": [{"upTo":"5","unitPrice":"10","flatFee":"100"},{"upTo":null,"unitPrice":"5.00"}],
              "minimum": "1", "maximum": "500.50", "discountPercent": "2.5", "freeQuantity": "3", "blockAt": "maximum" },
            { "id": "b", "meter": "electricity", "timeOfUse": { "windows": [
                {"name":"peak","weekdays":["mon","fri"],"from":"07:00","to":"24:00","season":{"from":"11-01","to":"02-29"},"holidays":true,"model":"volume","tiers":[{"unitPrice":"0.1"}]},
                {"name":"night","from":"22:00","to":"06:30","holidays":false,"unitPrice":"-0.05"}],
              "holidays": ["2013-01-01","2013-12-25"], "otherwise": {"name":"rest","model":"perUnit","unitPrice":"0.062"} } },
            { "id": "c", "meter": "electricity", "schedule": { "bands": {"Low":"0.0399","High":"0.6720"},
              "entries": [{"from":"2013-01-01T00:00:00Z","band":"Low"},{"from":"2013-01-01T01:30:00+01:00","band":"High"}],
              "until": "2013-09-01T00:00:00Z" } },
            { "id": "d", "meter": "electricity", "schedule": { "entries": [{"from":"2013-01-01T00:00:00Z","price":-0.01}] } },
            { "id": "e", "kind": "recurring", "model": "flat", "amount": "0.2253", "per": "day", "proration": "none" },
            { "id": "f", "kind": "oneTime", "amount": 5 },
            { "id": "g", "meter": "ride", "of": "events", "model": "package", "packageSize": "10", "packagePrice": "1", "freeUnits": "2" },
            { "id": "h", "meter": "ride", "model": "stairstep", "tiers": [{"upTo":"1","flatFee":"1"},{"flatFee":"2"}] },
            { "id": "i", "meter": "tolls", "model": "percentage", "ratePercent": "2.50", "fixedFee": 0.1, "freeEvents": "3", "freeAmount": "500", "minimum": "1", "prorateBounds": true },
            { "id": "j", "meter": "tolls", "model": "matrix", "matrix": { "dimensions": ["z","t/~"], "counters": "shared", "rows": [
                {"keys":{"z":"a","t/~":"*"},"model":"graduatedPercentage","tiers":[{"upTo":"5","ratePercent":"2"},{"flatFee":"3"}]},
                {"name":"two","keys":{"t/~":["x","y"]},"unitPrice":"0.5"}], "otherwise": {"unitPrice":"1"} } },
            { "id": "l", "meter": "data", "unit": "MB", "unitPrice": "0.05", "allowance": {"perDevice":"10","joiner":"whole","leaver":"prorated","states":["active","standby"]},
              "perDevice": {"roundTo":"1000","mode":"down"}, "perLine": {"roundTo":"1","mode":"halfUp","first":"60"} },
            { "id": "n", "meter": "data", "unit": "MB", "unitPrice": "0.05", "poolLimitPerDevice": "50.0", "allowances": [
                {"id":"own","name":"Own","kind":"device","perDevice":"5","joiner":"whole","leaver":"prorated","states":["active","standby"]},
                {"id":"eu","kind":"flex","perDevice":"10","priority":2,"where":{"zone":["eu","uk"]},
                  "rollOver":{"percent":"50.0","minimum":"1","maximum":"100","periods":3,"survivesPlanChange":true}},
                {"id":"all","kind":"fixed","quantity":1000,"prorate":true},
                {"id":"more","kind":"block","quantity":"500","price":"4.50","maxBlocks":3}] },
            { "id": "m", "kind": "recurring", "per": "device", "amount": "0.6", "states": ["suspended"] },
            { "id": "k", "meter": "tolls", "timeOfUse": { "windows": [{"name":"all","from":"00:00","to":"24:00","model":"matrix",
                "matrix":{"dimensions":["z"],"rows":[{"model":"dynamic","markupPercent":"-5","minimumPerEvent":"0.1","maximumPerEvent":"9"}]}}] } },
            { "id": "p", "meter": "data", "where": "zone in ['a', 'it''s'] or value >= 0.50", "unitPrice": "0.1" },
            { "id": "o", "meter": "volume", "unit": "kB", "perSession": {"roundTo":"1000","mode":"halfEven","first":"5000"}, "unitPrice": "0.5" } ],
          "minimum": {"amount":"100.0"}, "maximum": {"amount":"500","name":"Cap","prorate":true},
          "discounts": [{"id":"welcome","name":"Welcome","percent":"10","charges":["a","f"],"periods":3},{"id":"off","amount":"5"}],
          "trial": {"days":14,"usage":"billed","repeat":true},
          "phases": [{"name":"Ramp","periods":3,"charges":[{"id":"e","amount":"0.1"},{"id":"g","model":"perUnit","unitPrice":"0.2","maximum":"9"},
              {"id":"b","timeOfUse":{"windows":[{"name":"day","from":"00:00","to":"24:00","unitPrice":"0.1"}]}}]},
            {"periods":2,"discounts":[{"id":"ramp","percent":"5"}]}],
          "term": {"periods":12,"renew":false,"earlyTerminationFee":{"name":"Leaving","percent":"50"}}, "pausedUsage": "billed",
          "deviceStates": [ {"state":"test","activateAfterDays":30,"free":[{"meter":"data","quantity":"100.0"}]},
            {"state":"activationReady","activateAfterMonths":6}, {"state":"suspended","usage":"billed"} ] }
        """;

    [Fact]
    public void A_plan_with_everything_survives_its_canonical_json()
    {
        var plan = Parse(Everything);
        Assert.Empty(PlanValidator.Validate(plan, Rating.Given.Meter));
        var bytes = PlanJson.Serialize(plan);
        var again = PlanJson.Parse(bytes);
        Assert.Empty(again.Errors);
        Assert.Equal(Encoding.UTF8.GetString(bytes), Encoding.UTF8.GetString(PlanJson.Serialize(again.Plan!)));
    }

    [Fact]
    public void Every_property_is_read()
    {
        var plan = Parse(Everything);
        Assert.Equal((new BillingCycle(CycleUnit.Week, 2), LineRounding.HalfEven), (plan.Cycle, plan.Rounding));
        Assert.Equal(("zone", "network", LookupMatch.Prefix, "b"), (plan.Lookups[0].Dimension, plan.Lookups[0].From, plan.Lookups[0].Match, plan.Lookups[0].Otherwise));
        var (a, b, c) = (plan.Charges[0], plan.Charges[1], plan.Charges[2]);
        Assert.Equal(new PerEventRule(10m, 1.5m), a.PerEvent);
        Assert.Equal([new TierDefinition(5m, 10m, 100m), new TierDefinition(null, 5m)], a.Price!.Tiers!);
        Assert.Equal((TierBounds.PerDay, true, 3m, 2.5m), (a.Price.TierBounds, a.Price.FirstFlatAtZero, a.FreeQuantity, a.DiscountPercent));
        Assert.Equal("x/y~z", a.Where[1].Dimension);
        Assert.Equal((LocalTime.Midnight, true), (b.TimeOfUse!.Windows[0].To, b.TimeOfUse.Windows[0].Holidays));
        Assert.Equal(new SeasonDefinition(new(11, 1), new(2, 29)), b.TimeOfUse.Windows[0].Season);
        Assert.Equal(Instant.FromUtc(2013, 1, 1, 0, 30), c.Schedule!.Entries[1].From);
        Assert.Equal([ChargeKind.Usage, ChargeKind.Recurring, ChargeKind.OneTime], plan.Charges.Skip(3).Take(3).Select(x => x.Kind));
        Assert.Equal((RecurringPer.Day, RecurringProration.None), (plan.Charges[4].Per, plan.Charges[4].Proration));
        Assert.Equal(UsageBasis.Events, plan.Charges[6].Of);
        var (i, j) = (plan.Charges[8], plan.Charges[9].Price!.Matrix!);
        Assert.Equal((2.5m, 0.1m, 3m, 500m, true), (i.Price!.RatePercent, i.Price.FixedFee, i.Price.FreeEvents, i.Price.FreeAmount, i.ProrateBounds));
        Assert.Equal((MatrixCounters.Shared, "a", "otherwise"), (j.Counters, j.Rows[0].Name, j.Otherwise!.Name));
        Assert.Equal(["x", "y"], j.Rows[1].Keys.Single().Values);
        Assert.Equal(new CommitmentDefinition(100m, "Minimum commitment", true), plan.Minimum);
        Assert.Equal(new CommitmentDefinition(500m, "Cap", true), plan.Maximum);
        Assert.Equal(("welcome", 10m, 3), (plan.Discounts[0].Id, plan.Discounts[0].Percent, plan.Discounts[0].Periods));
    }

    [Fact]
    public void The_canonical_form_is_fixed()
    {
        var plan = Parse("""{"charges":[{"unitPrice":0.50,"meter":"data","id":"a"}],"currency":"EUR","id":"p"}""");
        Assert.Equal(
            """{"id":"p","name":"p","currency":"EUR","cycle":{"unit":"month","count":1},"rounding":"halfAwayFromZero","charges":[{"id":"a","name":"a","kind":"usage","meter":"data","model":"perUnit","unitPrice":"0.5"}]}""",
            Encoding.UTF8.GetString(PlanJson.Serialize(plan)));
    }

    [Theory]
    [InlineData("""{"id":"p","currency":"EUR","charges":[],"taxes":1}""", "/taxes", "json.unknown_property")]
    [InlineData("""{"id":"p","charges":[]}""", "/currency", "json.required")]
    [InlineData("""{"id":1,"currency":"EUR","charges":[]}""", "/id", "json.type")]
    [InlineData("""{"id":"p","id":"q","currency":"EUR","charges":[]}""", "/id", "json.duplicate_property")]
    [InlineData("""{"id":"p","currency":"EUR"}""", "/charges", "json.required")]
    [InlineData("""{"id":"p","currency":"EUR","charges":{}}""", "/charges", "json.type")]
    [InlineData("""{"id":"p","currency":"EUR","charges":[1]}""", "/charges/0", "json.type")]
    [InlineData("""{"id":"p","currency":"EUR","charges":[],"cycle":{"unit":"moon"}}""", "/cycle/unit", "json.value")]
    [InlineData("""{"id":"p","currency":"EUR","charges":[],"cycle":{"count":1.5}}""", "/cycle/count", "json.type")]
    [InlineData("""{"id":"p","currency":"EUR","charges":[],"rounding":"up to heaven"}""", "/rounding", "json.value")]
    [InlineData("{\"id\":\"\\ud800\",\"currency\":\"EUR\",\"charges\":[]}", "", "json.invalid")]
    [InlineData("{\"id\":", "", "json.invalid")]
    [InlineData("[]", "", "json.type")]
    [InlineData("", "", "json.invalid")]
    public void Wrong_json_is_told_with_a_pointer(string json, string pointer, string code) =>
        AssertError(PlanJson.Parse(json), pointer, code);

    [Theory]
    [InlineData("\"model\":\"magic\"", "/model", "plan.model_unknown")]
    [InlineData("\"model\":\"PerUnit\",\"unitPrice\":\"1\"", "/model", "plan.model_unknown")]
    [InlineData("\"tiers\":[{\"unitPrice\":\"1\"}]", "/model", "plan.model_missing")]
    [InlineData("\"unitPrice\":\"1,5\"", "/unitPrice", "json.not_decimal")]
    [InlineData("\"unitPrice\":\"1e-40\"", "/unitPrice", "json.not_decimal")]
    [InlineData("\"unitPrice\":0.12345678901234567890123456789", "/unitPrice", "json.not_decimal")]
    [InlineData("\"unitPrice\":true", "/unitPrice", "json.type")]
    [InlineData("\"unitPrize\":\"1\"", "/unitPrize", "json.unknown_property")]
    [InlineData("\"kind\":\"yearly\"", "/kind", "json.value")]
    [InlineData("\"where\":{\"a/b\":\"x\"}", "/where/a~1b", "json.type")]
    [InlineData("\"where\":{\"a\":[1]}", "/where/a", "json.type")]
    [InlineData("\"perEvent\":{\"up\":1}", "/perEvent/up", "json.unknown_property")]
    [InlineData("\"tiers\":[{\"upto\":\"1\"}],\"model\":\"volume\"", "/tiers/0/upto", "json.unknown_property")]
    [InlineData("\"firstFlatAtZero\":\"yes\",\"model\":\"volume\"", "/firstFlatAtZero", "json.type")]
    [InlineData("\"timeOfUse\":{\"windows\":[{\"name\":\"a\",\"from\":\"7:00\",\"to\":\"08:00\",\"unitPrice\":\"1\"}]}", "/timeOfUse/windows/0/from", "json.value")]
    [InlineData("\"timeOfUse\":{\"windows\":[{\"name\":\"a\",\"from\":\"07:00\",\"to\":\"00:00\",\"unitPrice\":\"1\"}]}", "/timeOfUse/windows/0/to", "json.value")]
    [InlineData("\"timeOfUse\":{\"windows\":[{\"name\":\"a\",\"from\":\"07:00\",\"to\":\"08:00\"}]}", "/timeOfUse/windows/0/model", "plan.price_missing")]
    [InlineData("\"timeOfUse\":{\"windows\":[{\"name\":\"a\",\"weekdays\":[\"Mon\"],\"from\":\"07:00\",\"to\":\"08:00\",\"unitPrice\":\"1\"}]}", "/timeOfUse/windows/0/weekdays/0", "json.value")]
    [InlineData("\"timeOfUse\":{\"windows\":[],\"holidays\":[\"2013-02-30\"]}", "/timeOfUse/holidays/0", "json.value")]
    [InlineData("\"timeOfUse\":{\"windows\":[{\"name\":\"a\",\"season\":{\"from\":\"06-31\",\"to\":\"07-01\"},\"from\":\"07:00\",\"to\":\"08:00\",\"unitPrice\":\"1\"}]}", "/timeOfUse/windows/0/season/from", "json.value")]
    [InlineData("\"schedule\":{\"entries\":[{\"from\":\"yesterday\",\"price\":\"1\"}]}", "/schedule/entries/0/from", "json.value")]
    [InlineData("\"schedule\":{\"bands\":{\"Low\":\"cheap\"},\"entries\":[]}", "/schedule/bands/Low", "json.not_decimal")]
    [InlineData("\"model\":\"matrix\",\"matrix\":{\"dimensions\":[\"z\"],\"rows\":[{\"timeOfUse\":{}}]}", "/matrix/rows/0/timeOfUse", "plan.matrix_row_time")]
    [InlineData("\"model\":\"matrix\",\"matrix\":{\"dimensions\":[\"z\"],\"rows\":[{\"keys\":{\"z\":1},\"unitPrice\":\"1\"}]}", "/matrix/rows/0/keys/z", "json.type")]
    [InlineData("\"model\":\"matrix\",\"matrix\":{\"dimensions\":[\"z\"],\"rows\":[{\"keys\":{\"z\":\"a\"}}]}", "/matrix/rows/0/model", "plan.price_missing")]
    [InlineData("\"schedule\":{}", "/schedule/entries", "json.required")]
    public void A_wrong_charge_is_told_with_a_pointer(string properties, string pointer, string code) => AssertError(
        PlanJson.Parse($$"""{"id":"p","currency":"EUR","charges":[{"id":"c","meter":"data",{{properties}}}]}"""),
        "/charges/0" + pointer, code);

    [Fact]
    public void Too_many_charges_or_tiers_are_refused_before_they_are_read()
    {
        var charges = string.Join(',', Enumerable.Repeat("{}", PlanLimits.MaxCharges + 1));
        AssertError(PlanJson.Parse($$"""{"id":"p","currency":"EUR","charges":[{{charges}}]}"""), "/charges", "json.too_many");
    }

    [Fact]
    public void Reading_never_throws_whatever_bytes_are_changed() =>
        Gen.Select(Gen.Int[0, Everything.Length - 1], Gen.Char["{}[]\",:0aé\\ -.\0"], Gen.Int[0, 3]).Sample((at, with, length) =>
        {
            var json = Everything[..at] + new string(with, length) + Everything[Math.Min(Everything.Length, at + 1)..];
            var parsed = PlanJson.Parse(json);
            Assert.NotEqual(parsed.Ok, parsed.Errors.Count > 0);
            if (parsed.Ok)
            {
                _ = PlanValidator.Validate(parsed.Plan, Rating.Given.Meter);
            }
        }, iter: 2_000);

    private static PlanDefinition Parse(string json)
    {
        var parsed = PlanJson.Parse(json);
        Assert.Empty(parsed.Errors);
        return parsed.Plan!;
    }

    private static void AssertError(PlanParseResult parsed, string pointer, string code)
    {
        Assert.False(parsed.Ok);
        Assert.Contains((pointer, code), parsed.Errors.Select((ValidationError e) => (e.Pointer, e.Code)));
    }
}
