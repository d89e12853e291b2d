using CsCheck;
using NodaTime;
using OrleansBilling.Core.Usage;

namespace OrleansBilling.Core.Tests.Usage;

/// <summary>Readings that are taken out again.</summary>
public sealed class RegisterRemovalTests
{
    private static readonly Instant Start = Instant.FromUtc(2026, 1, 1, 0, 0);

    /// <summary>What every reading counts for is kept from the changes alone, as slices keep it.</summary>
    [Fact]
    public void A_history_without_a_reading_is_the_one_that_never_had_it() =>
        Gen.Select(Gen.Int[0, 50].Array[2, 12], Gen.Int[0, 1_000_000]).Sample((growth, choice) =>
        {
            var (with, without) = (new RegisterHistory(new(null)), new RegisterHistory(new(null)));
            var (counted, expected) = (new Dictionary<Instant, decimal>(), new Dictionary<Instant, decimal>());
            var (removed, value) = (choice % growth.Length, 0m);
            for (var i = 0; i < growth.Length; i++)
            {
                value += growth[i];
                Count(with.Insert(At(i), value), counted);
                if (i != removed)
                {
                    Count(without.Insert(At(i), value), expected);
                }
            }
            var result = with.Remove(At(removed));
            Assert.True(result.Accepted);
            counted.Remove(At(removed));
            Count(result, counted);
            Assert.Equal(expected, counted);
            Assert.Equal(without.Readings, with.Readings);
        });

    [Fact]
    public void The_readings_around_it_must_fit_together()
    {
        // A rollover at 1,000 is one only within half of the range: from 600 over 900 to 300 it is two steps of 300 and 400.
        var register = new RegisterHistory(new(1_000m));
        decimal[] values = [600m, 900m, 300m, 400m];
        for (var i = 0; i < values.Length; i++)
        {
            Assert.True(register.Insert(At(i), values[i]).Accepted);
        }
        Assert.Equal(RegisterOutcome.Backwards, register.Remove(At(1)).Outcome);
        Assert.Equal(4, register.Readings.Count);
        Assert.Equal([new RegisterChange(At(3), 100m, 500m)], new RegisterHistory(new(1_000m), register.Readings).Remove(At(2)).Changes);
        Assert.Empty(register.Remove(At(3)).Changes);
    }

    [Fact]
    public void A_reading_that_is_not_there_or_was_a_reset_or_a_base_stays()
    {
        var register = new RegisterHistory(new(null));
        register.Insert(At(0), 5m);
        register.Insert(At(1), 9m);
        register.DeclareReset(At(1), 9m, 0m);
        Assert.Equal(RegisterOutcome.BeforeHistory, register.Remove(At(7)).Outcome);
        Assert.Equal(RegisterOutcome.SameInstant, register.Remove(At(1)).Outcome);
        Assert.Equal(RegisterOutcome.BeforeHistory, new RegisterHistory(new(null), register.Readings, pruned: true).Remove(At(0)).Outcome);
    }

    private static Instant At(int day) => Start + Duration.FromDays(day);

    private static void Count(RegisterResult result, Dictionary<Instant, decimal> counted)
    {
        foreach (var change in result.Changes)
        {
            Assert.Equal(change.OldDelta, counted.TryGetValue(change.Time, out var known) ? known : null);
            counted[change.Time] = change.NewDelta;
        }
    }
}
