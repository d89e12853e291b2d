using OrleansBilling.Core.Usage;

namespace OrleansBilling.Core.Tests.Usage;

public class RegisterHistoryTests
{
    private static readonly CumulativeRegister Endless = new(null);

    [Fact]
    public void The_first_reading_is_the_baseline_and_the_next_counts_the_difference()
    {
        var history = new RegisterHistory(Endless);
        Assert.Equal([new(At(0), null, 0m)], history.Insert(At(0), 100m).Changes);
        Assert.Equal([new(At(1), null, 5.5m)], history.Insert(At(1), 105.5m).Changes);
    }

    [Fact]
    public void A_reading_between_two_takes_its_share_from_the_later_one()
    {
        var history = With((0, 100m), (2, 110m));
        Assert.Equal([new(At(1), null, 4m), new(At(2), 10m, 6m)], history.Insert(At(1), 104m).Changes);
    }

    [Fact]
    public void A_reading_before_the_first_becomes_the_baseline()
    {
        var history = With((5, 100m));
        Assert.Equal([new(At(1), null, 0m), new(At(5), 0m, 60m)], history.Insert(At(1), 40m).Changes);
    }

    [Fact]
    public void A_reading_below_the_one_before_or_above_the_one_after_is_backwards_and_changes_nothing()
    {
        var history = With((0, 100m), (2, 110m));
        Assert.Equal(RegisterOutcome.Backwards, history.Insert(At(3), 109m).Outcome);
        Assert.Equal(RegisterOutcome.Backwards, history.Insert(At(1), 111m).Outcome);
        Assert.Equal(RegisterOutcome.Backwards, history.Insert(At(1), 99m).Outcome);
        Assert.Equal(2, history.Readings.Count);
    }

    [Fact]
    public void The_same_instant_with_another_value_is_a_conflict_and_with_the_same_value_a_repetition()
    {
        var history = With((0, 100m), (2, 110m));
        Assert.Equal(RegisterOutcome.SameInstant, history.Insert(At(2), 111m).Outcome);
        Assert.Equal(new RegisterResult(RegisterOutcome.Accepted, []).Outcome, history.Insert(At(2), 110m).Outcome);
        Assert.Empty(history.Insert(At(2), 110.0m).Changes);
    }

    [Fact]
    public void A_short_way_round_is_a_rollover_and_a_long_one_is_backwards()
    {
        var history = new RegisterHistory(new(1_000m));
        history.Insert(At(0), 990m);
        Assert.Equal([new(At(1), null, 20m)], history.Insert(At(1), 10m).Changes);
        Assert.Equal(RegisterOutcome.Backwards, history.Insert(At(2), 9m).Outcome);
        Assert.Equal(RegisterOutcome.OutOfRange, history.Insert(At(2), 1_000m).Outcome);
        Assert.Equal(RegisterOutcome.OutOfRange, history.Insert(At(2), -1m).Outcome);
        Assert.True(With(new CumulativeRegister(1_000m), (0, 600m)).Insert(At(1), 100m).Accepted);
        Assert.False(With(new CumulativeRegister(1_000m), (0, 600m)).Insert(At(1), 100.5m).Accepted);
    }

    [Fact]
    public void A_new_device_starts_anew_and_the_old_one_is_closed()
    {
        var history = With((0, 100m), (4, 200m));
        Assert.Equal(RegisterOutcome.Backwards, history.Insert(At(6), 3m).Outcome);
        Assert.Equal([new(At(5), null, 7m)], history.DeclareReset(At(5), 207m, 1m).Changes);
        Assert.Equal([new(At(6), null, 2m)], history.Insert(At(6), 3m).Changes);
    }

    [Fact]
    public void A_reset_declared_late_changes_the_reading_after_it()
    {
        var history = With((0, 100m), (4, 200m));
        Assert.Equal([new(At(2), null, 10m), new(At(4), 100m, 190m)], history.DeclareReset(At(2), 110m, 10m).Changes);
        Assert.Empty(history.DeclareReset(At(2), 110m, 10m).Changes);
        Assert.Equal(RegisterOutcome.SameInstant, history.DeclareReset(At(2), 110m, 11m).Outcome);
    }

    [Fact]
    public void A_reset_without_a_final_reading_counts_from_the_start_only()
    {
        var history = With((0, 100m));
        Assert.Empty(history.DeclareReset(At(2), null, 0m).Changes);
        Assert.Equal([new(At(3), null, 8m)], history.Insert(At(3), 8m).Changes);
    }

    [Fact]
    public void Pruning_keeps_the_base_and_refuses_what_is_older()
    {
        var history = With((0, 1m), (1, 2m), (2, 3m), (3, 4m));
        history.Prune(At(2));
        Assert.Equal([At(1), At(2), At(3)], history.Readings.Select(r => r.Time));
        Assert.Equal(RegisterOutcome.BeforeHistory, history.Insert(At(0), 1m).Outcome);
        var restored = new RegisterHistory(Endless, history.Readings, history.Pruned);
        Assert.Equal(RegisterOutcome.BeforeHistory, restored.Insert(At(0), 1m).Outcome);
        Assert.Equal([new(At(4), null, 1m)], restored.Insert(At(4), 5m).Changes);
        Assert.Throws<ArgumentException>(() => new RegisterHistory(Endless, history.Readings.Reverse()));
    }

    [Fact]
    public void The_consumption_of_a_reading_can_be_asked_for_later()
    {
        var history = With((0, 100m), (2, 110m));
        history.Insert(At(1), 104m);
        Assert.Equal([0m, 4m, 6m, 0m], Enumerable.Range(0, 4).Select(hour => history.ConsumptionAt(At(hour))));
    }

    [Fact]
    public void Consistent_readings_count_the_same_in_every_order() =>
        Gen.Select(Gen.Int[0, 400].Array[1, 60], Gen.Int[0, 10_000], Gen.Bool).Sample((growth, seed, rollsOver) =>
        {
            var register = new CumulativeRegister(rollsOver ? 100_000m : null);
            var value = 99_000m;
            var readings = growth.Select((g, i) => (Time: At(i), Value: rollsOver ? (value += g) % 100_000m : value += g)).ToArray();
            var expected = Deltas(register, readings);
            var shuffled = readings.ToArray();
            new Random(seed).Shuffle(shuffled);
            Assert.Equal(expected, Deltas(register, shuffled));
            return expected.Values.Sum() == growth.Skip(1).Sum();
        });

    [Fact]
    public void Fifty_thousand_appends_take_no_time_worth_noticing()
    {
        var history = new RegisterHistory(Endless);
        for (var i = 0; i < 50_000; i++)
        {
            Assert.True(history.Insert(At(i), i).Accepted);
        }

        Assert.Equal(50_000, history.Readings.Count);
    }

    private static SortedDictionary<Instant, decimal> Deltas(
        CumulativeRegister register, IEnumerable<(Instant Time, decimal Value)> readings)
    {
        var history = new RegisterHistory(register);
        var deltas = new SortedDictionary<Instant, decimal>();
        foreach (var (time, value) in readings)
        {
            var result = history.Insert(time, value);
            Assert.True(result.Accepted);
            foreach (var change in result.Changes)
            {
                Assert.Equal(change.OldDelta, deltas.TryGetValue(change.Time, out var old) ? old : null);
                deltas[change.Time] = change.NewDelta;
            }
        }

        return deltas;
    }

    private static RegisterHistory With(params (int Hour, decimal Value)[] readings) => With(Endless, readings);

    private static RegisterHistory With(CumulativeRegister register, params (int Hour, decimal Value)[] readings) =>
        new(register, readings.Select(r => new RegisterReading(At(r.Hour), r.Value)));

    private static Instant At(int hour) => Instant.FromUtc(2024, 1, 1, 0, 0) + Duration.FromHours(hour);
}
