using OrleansBilling.Core.Pricing;
using OrleansBilling.Core.Rating;

namespace OrleansBilling.Core.Tests.Rating;

/// <summary>Sessions as quotes.</summary>
public class SessionRatingTests
{
    private const string Windows = """
        "timeOfUse":{"windows":[{"name":"peak","from":"07:00","to":"19:00","unitPrice":"2"}],"otherwise":{"name":"off","unitPrice":"1"}}
        """;

    /// <remarks>By hand: 06:30 to 07:30 and 10 kWh: half of the time, and so half of the energy, is in either window.</remarks>
    [Fact]
    public void Between_two_readings_energy_is_in_proportion_to_the_time()
    {
        var steps = Ask($$"""{"id":"e","meter":"charging","unit":"kWh",{{Windows}}}""",
            ("06:30", "start", "41000"), ("07:30", "stop", "51000")).Steps;
        Assert.Equal(["off: 5 kWh", "peak: 5 kWh"], Prices(steps).Order());
    }

    /// <remarks>With a reading at 07:15, by when 9 of 10 kWh were used: a third of 9 belongs to the quarter of an hour after 07:00.</remarks>
    [Fact]
    public void A_reading_in_between_says_more()
    {
        var result = Ask($$"""{"id":"e","meter":"charging","unit":"kWh",{{Windows}}}""",
            ("06:30", "start", "41000"), ("07:15", "interim", "50000"), ("07:30", "stop", "51000"));
        Assert.Equal(["off: 6 kWh", "peak: 4 kWh"], Prices(result.Steps).Order());
        Assert.Equal("14.00", result.Amount);
    }

    /// <remarks>The usual 60/1 and 30/6 of call tariffs: whole first minute, then seconds; half minutes, then tenths of a minute.</remarks>
    [Theory]
    [InlineData("60", "1", "06:00:10", "60", "50")]
    [InlineData("60", "1", "06:01:15", "75", "0")]
    [InlineData("30", "6", "06:00:32", "36", "4")]
    public void A_session_is_rounded_once_whatever_readings_lie_in_between(string first, string increment, string end, string counted, string added)
    {
        foreach (var between in new[] { false, true })
        {
            (string, string, string)[] interim = between ? [("06:00:05", "interim", "0")] : [];
            var result = Ask($$"""{"id":"c","meter":"calls","perSession":{"roundTo":"{{increment}}","first":"{{first}}"},"unitPrice":"0.01"}""",
                [("06:00:00", "start", "0"), .. interim, (end, "stop", "0")]);
            Assert.Equal(Given.D(counted), result.Charges.Single().Quantity);
            Assert.Equal(added == "0" ? [] : [$"rounding each session added {added} s"], result.Steps.Where(s => s.Kind == StepKinds.QuantityRounding).Select(s => s.Text));
        }
    }

    /// <remarks>The first minute begins before 07:00, and so does the increment; the other 10 seconds are at the later price.</remarks>
    [Fact]
    public void An_increment_belongs_to_the_window_in_which_it_begins() => Assert.Equal(
        ["off: 60 s", "peak: 10 s"],
        Prices(Ask($$"""{"id":"c","meter":"calls","perSession":{"roundTo":"1","first":"60"},{{Windows}}}""",
            ("06:59:30", "start", "0"), ("07:00:40", "stop", "0")).Steps).Order());

    /// <remarks>semantics 8: 720 sessions of 0.2 kB at 1 kB per session are 720 kB.</remarks>
    [Fact]
    public void Chatty_devices_pay_for_what_rounding_adds()
    {
        var usage = Enumerable.Range(0, 720).SelectMany(i => new[] { ("start", "0", 0), ("interim", "120", 20), ("stop", "200", 30) }.Select(r =>
            new TimedQuantity(
                Instant.FromUtc(2026, 1, 1, 0, 0) + Duration.FromHours(i) + Duration.FromSeconds(r.Item3), Given.D(r.Item2),
                [new("session", $"s{i}"), new("phase", r.Item1)]))).ToArray();
        var outcome = Quote.Price(new()
        {
            Plan = Given.Compiled(
                """
                {"id":"d","meter":"volume","unit":"kB","perSession":{"roundTo":"1000"},"unitPrice":"1"},
                {"id":"n","meter":"volume","of":"events","unitPrice":"0.5"}
                """),
            Usage = usage, Days = 31,
        });
        Assert.Equal([720m, 720m], outcome.Result!.Charges.Select(c => c.Quantity));
        Assert.Contains(outcome.Result.Steps, s => s.Text == "rounding each session added 576 kB");
    }

    [Fact]
    public void Parts_of_a_rounded_session_add_up_to_the_rounded_whole() =>
        Gen.Select(Gen.Int[1, 90_000], Gen.Int[1, 7_200], Gen.Int[1, 40]).Sample((seconds, increment, first) =>
        {
            var end = Instant.FromUtc(2026, 1, 5, 6, 0) + Duration.FromSeconds(seconds);
            var text = NodaTime.Text.InstantPattern.General.Format(end);
            var cut = Sum(Windows, increment, first, text);
            Assert.Equal(new QuantityRounding(increment, RoundingMode.Up, first).Apply(seconds), cut);
        }, iter: 300);

    [Theory]
    [InlineData("""{"id":"s","meter":"calls","perEvent":{"roundTo":"1"},"unitPrice":"1"}""", "/charges/0/perEvent plan.per_event_of_session")]
    [InlineData("""{"id":"s","meter":"data","perSession":{"roundTo":"1"},"unitPrice":"1"}""", "/charges/0/perSession plan.per_session_only")]
    [InlineData("""{"id":"s","meter":"calls","perSession":{"roundTo":"0"},"unitPrice":"1"}""", "/charges/0/perSession/roundTo plan.quantity_negative")]
    public void What_a_session_cannot_do_is_refused_with_its_place(string charge, string error) => Assert.Contains(
        error, PlanValidator.Validate(Given.Plan(charge), Given.Meter).Select(e => $"{e.Pointer} {e.Code}"));

    private static decimal Sum(string price, int increment, int first, string end)
    {
        var written = Given.Plan($$"""{"id":"c","meter":"calls",{{price}}}""");
        var plan = CompiledPlan.Compile(
            written with { Charges = [written.Charges[0] with { PerSession = new(increment, RoundingMode.Up, first) }] }, Given.Meter);
        var session = new Core.Usage.SessionHistory(new("duration"), [
            new(Instant.FromUtc(2026, 1, 5, 6, 0), Core.Usage.SessionPhases.Start, 0m, []),
            new(NodaTime.Text.InstantPattern.General.Parse(end).Value, Core.Usage.SessionPhases.Stop, 0m, []),
        ]);
        var into = new List<(int, Contribution Contribution)>();
        plan.SpreadSession("calls", [.. session.Stretches().Select(s => (0, s))], Given.Utc, into);
        return into.Sum(c => c.Contribution.Quantity);
    }

    private static IEnumerable<string> Prices(IEnumerable<RatingStep> steps) => steps.Where(s => s.Kind == StepKinds.Price).Select(s => s.Text);

    private static QuoteResult Ask(string charge, params (string Time, string Phase, string Value)[] records)
    {
        var usage = records.Select(r => new TimedQuantity(
            NodaTime.Text.LocalTimePattern.ExtendedIso.Parse(r.Time.Length == 5 ? r.Time + ":00" : r.Time).Value
                .On(new(2026, 1, 5)).InUtc().ToInstant(),
            Given.D(r.Value), [new("session", "s"), new("phase", r.Phase)])).ToArray();
        var outcome = Quote.Price(new() { Plan = Given.Compiled(charge), Usage = usage });
        Assert.Empty(outcome.Errors);
        return outcome.Result!;
    }
}
