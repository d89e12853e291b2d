using OrleansBilling.Core.Usage;

namespace OrleansBilling.Core.Tests.Usage;

public class SessionHistoryTests
{
    private static readonly Instant Zero = Instant.FromUtc(2026, 1, 1, 0, 0);

    /// <remarks>Records are minute, phase (s, i, x for stop) and value; stretches minutes and quantity, both ends the same for an
    /// instant. By hand, from the rules in docs/adr/0020.</remarks>
    [Theory]
    [InlineData("total", "0s0 10i100 30x180", "0-10:100 10-30:80", "a counter of the session")]
    [InlineData("total", "10i100 30x180", "10-10:100 10-30:80", "no start: what was used before is used at the first record")]
    [InlineData("total", "30x180", "30-30:180", "a stop alone")]
    [InlineData("total", "0s0 10i100 20i30 30x50", "0-10:100 10-20:30 20-30:20", "the counter began again at 0")]
    [InlineData("total", "0s0 10x100 20s0 30x50", "0-10:100 20-30:50", "stopped, and begun anew")]
    [InlineData("total", "0s0 10x100 20i120", "0-10:100 20-20:20", "more after the stop is used when it is told")]
    [InlineData("total", "0s0 10i100 20s5 30x50", "0-10:100 20-20:5 20-30:45", "begun anew without a stop")]
    [InlineData("total", "0s0 200i100 230x180", "200-200:100 200-230:80", "longer than the time-out without a record")]
    [InlineData("register", "0s5000 10i5100 30x5180", "0-10:100 10-30:80", "a register that runs on")]
    [InlineData("register", "10i5100 30x5180", "10-30:80", "of a register the first record is the base")]
    [InlineData("register", "0s5000 10x5100 20s5900 30x6000", "0-10:100 20-30:100", "between a stop and a start it is not this session's")]
    [InlineData("register", "0s5000 10i5100 20i40 30x50", "0-10:100 10-20:40 20-30:10", "the register was replaced")]
    [InlineData("delta", "0s0 10i100 30x80", "0-10:100 10-30:80", "each record says what was used since the one before")]
    [InlineData("delta", "10i100 30x80", "10-10:100 10-30:80", "nothing is known of the time before the first")]
    [InlineData("duration", "0s0 10i7 30x9", "0-10:600 10-30:1200", "values do not matter")]
    [InlineData("duration", "30x9", "", "a stop alone has no duration")]
    [InlineData("duration", "0s0 10x0 20s0 25i0", "0-10:600 20-25:300", "open: up to the last record")]
    [InlineData("duration", "0s0 10i0 120i0 130x0", "0-10:600 120-130:600", "longer than the time-out without a record")]
    [InlineData("duration", "0s0 10x0 10s0 20x0", "0-10:600 10-20:600", "stop and start at the same instant")]
    [InlineData("total", "0s0 10i90 10i100 10i100 30x180 0i0", "0-10:100 10-30:80", "of several records at one instant the greatest counts")]
    public void A_session_comes_to_what_its_records_say(string reports, string records, string stretches, string why)
    {
        var rule = new SessionRule(reports, TimeoutSeconds: 3_600);
        var readings = records.Split(' ').Select(Reading).ToArray();
        Assert.True(stretches == Text(readings.Aggregate(new SessionHistory(rule), (s, r) => s.With(r))), why);
        Assert.Equal(stretches, Text(readings.Reverse().Aggregate(new SessionHistory(rule), (s, r) => s.With(r).With(r))));
    }

    [Fact]
    public void Any_order_and_repetition_gives_the_same_session()
    {
        var record = Gen.Select(Gen.Int[0, 9], Gen.Int[0, 2], Gen.Int[0, 50], Gen.Int[0, 2], (time, phase, value, zone) => new SessionReading(
            Zero + Duration.FromMinutes(time), (SessionPhases)phase, value, zone == 0 ? [] : [new("zone", $"z{zone}")]));
        Gen.Select(record.Array[1, 10], Gen.Int[0, 10_000]).Sample((records, seed) =>
        {
            var rule = new SessionRule();
            var shuffled = records.Concat(records).ToArray();
            new Random(seed).Shuffle(shuffled);
            var (one, other) = (Build(rule, records), Build(rule, shuffled));
            Assert.Equal(Text(one), Text(other));
            Assert.Equal(Text(one), Text(new SessionHistory(rule, other.Readings)));
            Assert.True(one.Stretches().All(s => s.Usage.Quantity >= 0m));
        });
    }

    [Fact]
    public void A_part_has_the_dimensions_of_the_record_that_ends_it_and_else_those_of_the_start()
    {
        var session = Build(new(), [
            new(Zero, SessionPhases.Start, 0m, [new("site", "a"), new("zone", "eu")]),
            new(Zero + Duration.FromMinutes(1), SessionPhases.Interim, 5m, []),
            new(Zero + Duration.FromMinutes(2), SessionPhases.Stop, 9m, [new("zone", "us")]),
        ]);
        Assert.Equal(
            ["site=a zone=eu", "site=a zone=eu", "site=a zone=us"],
            session.Stretches().Select(s => string.Join(' ', s.Dimensions.Select(d => $"{d.Key}={d.Value}"))));
    }

    private static SessionHistory Build(SessionRule rule, IEnumerable<SessionReading> readings) =>
        readings.Aggregate(new SessionHistory(rule), (session, reading) => session.With(reading));

    private static SessionReading Reading(string text)
    {
        var at = text.IndexOfAny(['s', 'i', 'x']);
        var phase = text[at] switch { 's' => SessionPhases.Start, 'x' => SessionPhases.Stop, _ => SessionPhases.Interim };
        var time = Zero + Duration.FromMinutes(int.Parse(text[..at], System.Globalization.CultureInfo.InvariantCulture));
        return new(time, phase, Rating.Given.D(text[(at + 1)..]), []);
    }

    private static string Text(SessionHistory session) => string.Join(' ', session.Stretches().Where(s => !s.Begins).Select(s =>
        FormattableString.Invariant($"{(s.Usage.From - Zero).TotalMinutes}-{(s.Usage.To - Zero).TotalMinutes}:{s.Usage.Quantity / 1.00000m:0.##}")
        + string.Concat(s.Dimensions.Select(d => d.Value))));
}
