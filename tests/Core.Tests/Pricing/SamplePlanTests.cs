using System.Text;
using NodaTime.Text;
using OrleansBilling.Core.Pricing.Linting;
using OrleansBilling.Core.Rating;
using OrleansBilling.Core.Tests.Rating;

namespace OrleansBilling.Core.Tests.Pricing;

/// <summary>Every sample plan is free of findings, valid by the schema, and costs what was worked out by hand.</summary>
public class SamplePlanTests
{
    public static TheoryData<string> Names => [.. SamplePlans.Names];

    [Fact]
    public void There_are_samples_of_four_trades() => Assert.Equal(
        ["cellular", "electricity", "ev", "tracking"],
        SamplePlans.Names.Select(name => name.Split('-')[0]).Distinct().Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Names))]
    public void A_sample_has_no_error_and_no_warning(string name)
    {
        Assert.Empty(PlanLint.Check(SamplePlans.Bytes(name), yaml: true, SamplePlans.Meter));
        Assert.Empty(PlanSchema.Problems(Encoding.UTF8.GetString(SamplePlans.Source(name).Json.Span)));
        Assert.Equal(name, SamplePlans.Plan(name).Id);
    }

    [Fact]
    public void A_flex_pool_charges_what_the_fleet_uses_beyond_it()
    {
        // 4 x 3.00 SIM, 4 x 2.00 card; 50 MB of 4 x 10 MB: 10 x 0.05. Nobody is suspended.
        AssertQuote("cellular-flex-pool", "20.50", new() { Devices = 4, Usage = [Of("data", "50000000")] },
            ("sim", "12.00"), ("card", "8.00"), ("data", "0.50"));
    }

    [Fact]
    public void Stacked_pools_are_used_one_after_the_other()
    {
        // Of a device with 130 MB in Europe, 80 in the US and 10 elsewhere: its own 5 take of what no pool can. Europe: 2 x 20, so that 90 are
        // left; the contract's 100 take them and 10 of the US; two packs take the other 70: 2 x 4.00. 5 elsewhere at 2.00.
        AssertQuote("cellular-stacked-pools", "22.00", new()
        {
            Devices = 2, Usage = [Of("data", "130000000", "zone=eu"), Of("data", "80000000", "zone=us"), Of("data", "10000000", "zone=jp")],
        }, ("sim", "4.00"), ("data", "18.00"));
    }

    [Fact]
    public void Roaming_costs_by_zone_in_blocks_of_each_session()
    {
        // Blocks: 1,234,567 B are 1.3 MB at 0.02 = 0.026; 50,000 B are 0.1 MB at 0.05 = 0.005; 100 MB at 0.90 and 2,000,001 B, 2.1 MB,
        // at 0.60 = 91.26; 1 B is 0.1 MB at 4.00 = 0.40. Texts: one received, 0.04 at home, 0.12 from Norway.
        AssertQuote("cellular-roaming", "91.85", new()
        {
            Usage =
            [
                Of("data", "1234567", "zone=home"), Of("data", "50000", "zone=no"), Of("data", "100000000", "zone=us"),
                Of("data", "2000001", "zone=ca"), Of("data", "1", "zone=jp"),
                Of("texts", "1", "zone=us", "direction=in"), Of("texts", "1", "zone=home", "direction=out"),
                Of("texts", "1", "zone=no", "direction=out"),
            ],
        }, ("data", "91.69"), ("texts", "0.16"));
    }

    [Theory]
    [InlineData(40, "601000000", "80.00", "8.00", "12.00", "-10.00", "90.00")]
    [InlineData(101, "100000000", "151.50", "0.00", null, "-15.15", "136.35")]
    public void A_fleet_pays_by_its_size_and_a_minimum(
        int devices, string bytes, string sims, string data, string? minimum, string welcome, string amount)
    {
        // 40 x 2.00; 601 MB less 100 are two blocks of 500 MB: 8.00; up to 100.00; a tenth off. 101 x 1.50 have no minimum to reach.
        AssertQuote("cellular-fleet", amount, new() { Devices = devices, Usage = [Of("data", bytes)] },
            ("sim", sims), ("data", data), ("minimum", minimum), ("welcome", welcome));
    }

    [Fact]
    public void A_session_at_a_charger_costs_energy_time_and_a_fee()
    {
        // 23.4 x 0.45 = 10.53; 9,001 s are 1,801 s beyond two hours, three quarters of an hour at 6.00 = 4.50; one session.
        AssertQuote("ev-public-charger", "16.03", new() { Usage = [Of("energy", "23.4"), Of("plugged", "9001")] },
            ("session", "1.00"), ("energy", "10.53"), ("stay", "4.50"));
    }

    [Theory]
    [InlineData("10", "18.70")] // 4.90 + 10 x 0.59 + 20 x 0.29 + 5 x 0.42
    [InlineData("1000", "154.90")] // 597.90 of energy is capped at 150.00
    public void Charging_by_time_of_day_reads_the_local_clock(string peak, string amount)
    {
        // Monday 5 January 2026 in Berlin: 18:30, midnight of the next day, 11:00.
        AssertQuote("ev-time-of-use", amount, new()
        {
            Zone = DateTimeZoneProviders.Tzdb["Europe/Berlin"],
            Usage = [At("energy", peak, "2026-01-05T17:30:00Z"), At("energy", "20", "2026-01-05T23:00:00Z"), At("energy", "5", "2026-01-05T10:00:00Z")],
        });
    }

    [Fact]
    public void A_session_told_in_parts_is_cut_where_the_price_changes()
    {
        // In Berlin from 21:30 to 22:30: 5 x 0.45 + 5 x 0.25; 70 minutes plugged in are five quarters of an hour at 2.00.
        AssertQuote("ev-sessions", "6.35", new()
        {
            Zone = DateTimeZoneProviders.Tzdb["Europe/Berlin"],
            Usage =
            [
                Part("charging", "310000", "2026-01-05T20:30:00Z", "start"), Part("charging", "320000", "2026-01-05T21:30:00Z", "stop"),
                Part("parked", "0", "2026-01-05T20:30:00Z", "start"), Part("parked", "0", "2026-01-05T21:40:00Z", "stop"),
            ],
        }, ("session", "0.35"), ("energy", "3.50"), ("parking", "2.50"));

        static TimedQuantity Part(string meter, string value, string time, string phase) =>
            At(meter, value, time) with { Dimensions = [new("session", "x"), new("phase", phase)] };
    }

    [Fact]
    public void A_partners_price_is_passed_on_within_its_limits()
    {
        // 8 and 20 with 15 %: 9.20 and 23.00; 0.10 costs at least 0.50, 100 at most 60.00.
        AssertQuote("ev-roaming", "92.70", new() { Usage = [Of("partner", "8"), Of("partner", "20"), Of("partner", "0.10"), Of("partner", "100")] });
    }

    [Fact]
    public void Two_steps_have_a_bound_per_day()
    {
        // 61 days: 1,353.6998 kWh at 0.0752 and 646.3002 at 0.1127 = 174.6362575...; 61 x 0.2253 = 13.7433.
        AssertQuote("electricity-steps", "188.38", new() { Days = 61, Usage = [Of("energy", "2000")] },
            ("basic", "13.74"), ("energy", "174.64"));
    }

    [Fact]
    public void Electricity_by_season_day_and_time_has_tiers_within_the_peak()
    {
        // In Los Angeles, Monday 6 July 18:00: 100 x 0.45 + 50 x 0.55 = 72.50; Friday 3 July, a holiday, 18:00: 10 x 0.28 = 2.80.
        AssertQuote("electricity-time-of-use", "117.30", new()
        {
            Zone = DateTimeZoneProviders.Tzdb["America/Los_Angeles"],
            Usage =
            [
                At("energy", "150", "2026-07-07T01:00:00Z"), At("energy", "10", "2026-07-04T01:00:00Z"),
                At("demand", "7.5", "2026-07-07T01:00:00Z"), At("demand", "3", "2026-07-08T01:00:00Z"),
            ],
        }, ("service", "12.00"), ("energy", "75.30"), ("demand", "30.00"), ("minimum", null));
    }

    [Fact]
    public void A_small_bill_of_electricity_is_raised_to_the_minimum() =>
        AssertQuote("electricity-time-of-use", "15.00", new() { Usage = [At("energy", "1", "2026-01-01T12:00:00Z")] }, ("minimum", "2.72"));

    [Fact]
    public void Trackers_share_their_messages()
    {
        // 10 x 1.20, 10 x 5.00; 1,250 messages of 10 x 100: 250 x 0.01.
        AssertQuote("tracking-per-device", "64.50", new() { Devices = 10, Usage = [Of("messages", "1250")] },
            ("tracker", "12.00"), ("standby", null), ("setup", "50.00"), ("messages", "2.50"));
    }

    [Fact]
    public void Messages_come_in_blocks_and_alarms_cost_extra()
    {
        // 2,501 messages less 1,000 are two blocks at 1.50; ten of them are alarms at 0.05.
        AssertQuote("tracking-messages", "8.50", new() { Usage = [Of("messages", "2491", "type=position"), Of("messages", "10", "type=alarm")] },
            ("platform", "5.00"), ("messages", "3.00"), ("alarms", "0.50"));
    }

    private static TimedQuantity Of(string meter, string value, params string[] dimensions) =>
        new(null, Given.D(value), [.. dimensions.Select(d => KeyValuePair.Create(d.Split('=')[0], d.Split('=')[1]))], meter);

    private static TimedQuantity At(string meter, string value, string time) =>
        new(InstantPattern.General.Parse(time).Value, Given.D(value), null, meter);

    private static void AssertQuote(
        string name, string amount, QuoteRequest request, params (string Charge, string? Amount)[] charges)
    {
        var outcome = Quote.Price(request with { Plan = CompiledPlan.Compile(SamplePlans.Plan(name), SamplePlans.Meter) });
        Assert.Empty(outcome.Errors);
        Assert.Equal(amount, outcome.Result!.Amount);
        Assert.All(charges, expected => Assert.Equal(
            expected.Amount, outcome.Result.Charges.SingleOrDefault(c => c.ChargeId == expected.Charge)?.Amount.ToString()));
    }
}
