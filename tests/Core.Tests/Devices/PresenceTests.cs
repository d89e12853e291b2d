using CsCheck;
using OrleansBilling.Core.Devices;
using OrleansBilling.Core.Periods;
using OrleansBilling.Core.Tests.Rating;

namespace OrleansBilling.Core.Tests.Devices;

public class PresenceTests
{
    private static readonly DateTimeZone Berlin = DateTimeZoneProviders.Tzdb["Europe/Berlin"];
    private static readonly BillingPeriod June = Given.Month(2026, 6);
    private static readonly PresenceRule Days = new(PresenceCount.Days, [LifecycleState.Active]);

    [Fact]
    public void The_day_a_presence_begins_counts_and_the_day_it_ends_does_not()
    {
        Assert.Equal(30, Count(Days, (null, null)));
        Assert.Equal(20, Count(Days, ("2026-06-11T15:00:00Z", null)));
        Assert.Equal(10, Count(Days, ("2026-05-01T00:00:00Z", "2026-06-11T15:00:00Z")));
        Assert.Equal(0, Count(Days, ("2026-06-11T08:00:00Z", "2026-06-11T15:00:00Z")));
        Assert.Equal(0, Count(Days, ("2026-07-01T00:00:00Z", null)));
    }

    [Fact]
    public void A_gap_within_the_period_does_not_count()
    {
        // 1 to 10 June and 21 to 30 June: 10 + 10 days.
        Assert.Equal(20, Count(Days, ("2026-06-01T00:00:00Z", "2026-06-11T00:00:00Z"), ("2026-06-21T00:00:00Z", null)));
    }

    [Fact]
    public void A_whole_joiner_counts_from_the_start_and_a_whole_leaver_to_the_end()
    {
        (string?, string?) middle = ("2026-06-11T00:00:00Z", "2026-06-21T00:00:00Z");
        Assert.Equal(10, Count(Days, middle));
        Assert.Equal(20, Count(Days with { WholeJoiner = true }, middle));
        Assert.Equal(20, Count(Days with { WholeLeaver = true }, middle));
        Assert.Equal(30, Count(Days with { WholeJoiner = true, WholeLeaver = true }, middle));
        Assert.Equal(0, Count(Days with { WholeJoiner = true, WholeLeaver = true }, ("2026-07-01T00:00:00Z", null)));
    }

    [Fact]
    public void A_device_is_counted_once_however_short_it_was_there()
    {
        var rule = new PresenceRule(PresenceCount.Devices, [LifecycleState.Active]);
        Assert.Equal(1, Count(rule, ("2026-06-11T08:00:00Z", "2026-06-11T08:00:01Z"), ("2026-06-20T00:00:00Z", null)));
        Assert.Equal(0, Count(rule, ("2026-05-01T00:00:00Z", "2026-06-01T00:00:00Z")));
        Assert.Equal(0, Count(rule, ("2026-07-01T00:00:00Z", null)));
    }

    [Fact]
    public void A_device_joins_once_in_its_life()
    {
        var rule = new PresenceRule(PresenceCount.Joins, [LifecycleState.Active]);
        Assert.Equal(1, Count(rule, ("2026-06-30T23:59:59Z", null)));
        Assert.Equal(0, Count(rule, ("2026-05-31T00:00:00Z", "2026-06-02T00:00:00Z"), ("2026-06-20T00:00:00Z", null)));
    }

    [Fact]
    public void Each_change_between_the_states_is_counted_in_the_period_of_its_instant()
    {
        var rule = new PresenceRule(
            PresenceCount.Transitions, [LifecycleState.Active], FromStates: [LifecycleState.Suspended, LifecycleState.Standby]);
        (Instant, LifecycleState, LifecycleState)[] changes =
        [
            (At("2026-05-31T23:59:59Z"), LifecycleState.Suspended, LifecycleState.Active),
            (At("2026-06-01T00:00:00Z"), LifecycleState.Standby, LifecycleState.Active),
            (At("2026-06-10T00:00:00Z"), LifecycleState.Active, LifecycleState.Suspended),
            (At("2026-06-11T00:00:00Z"), LifecycleState.Suspended, LifecycleState.Active),
            (At("2026-06-12T00:00:00Z"), LifecycleState.Inventory, LifecycleState.Active),
            (At("2026-07-01T00:00:00Z"), LifecycleState.Suspended, LifecycleState.Active),
        ];
        Assert.Equal(2, Presence.Transitions(rule, changes, June));
    }

    [Fact]
    public void Days_are_those_of_the_subscriptions_zone_also_when_clocks_change()
    {
        // 25 October 2026 has 25 hours in Berlin: 23:30 of the 25th there is 22:30 UTC.
        var october = Given.Month(2026, 10, Berlin);
        var joined = Instant.FromUtc(2026, 10, 25, 22, 30);
        Assert.Equal(7, Presence.Of(Days, [new(joined, null)], october, Berlin));
        Assert.Equal(6, Presence.Of(Days, [new(joined + Duration.FromMinutes(30), null)], october, Berlin));
    }

    [Fact]
    public void A_device_that_moves_any_number_of_times_is_counted_on_every_day_exactly_once()
    {
        Gen.Int[0, 61 * 24].Array[1, 8].Sample(hours =>
        {
            var cuts = hours.Distinct().Order().Select(h => Instant.FromUtc(2026, 5, 15, 0, 0) + Duration.FromHours(h)).ToArray();
            Interval[] spans = [new(Instant.FromUtc(2020, 1, 1, 0, 0), cuts[0]), .. cuts.Zip(cuts.Skip(1), (a, b) => new Interval(a, b)), new(cuts[^1], null)];
            return spans.Sum(span => Presence.Of(Days, [span], June, DateTimeZone.Utc)) == June.Days;
        });
    }

    private static int Count(PresenceRule rule, params (string? From, string? To)[] spans) => Presence.Of(
        rule,
        [.. spans.Select(span => new Interval(
            span.From is null ? Instant.FromUtc(2020, 1, 1, 0, 0) : At(span.From), span.To is null ? null : At(span.To)))],
        June, DateTimeZone.Utc);

    private static Instant At(string text) => NodaTime.Text.InstantPattern.General.Parse(text).Value;
}
