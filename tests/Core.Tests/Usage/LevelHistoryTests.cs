using OrleansBilling.Core.Usage;

namespace OrleansBilling.Core.Tests.Usage;

public class LevelHistoryTests
{
    private static readonly Instant Start = Instant.FromUtc(2026, 1, 1, 0, 0);

    [Fact]
    public void A_level_holds_until_the_next_record_and_for_ever_after_the_last()
    {
        var history = new LevelHistory(LevelSource.Level);
        Assert.Equal([new(At(10), Instant.MaxValue, 5m)], Insert(history, 10, 5m));
        Assert.Equal([new(At(20), Instant.MaxValue, -3m)], Insert(history, 20, 2m));
        Assert.Equal([new(At(15), At(20), 4m)], Insert(history, 15, 9m));
        Assert.Equal([new(At(5), At(10), 1m)], Insert(history, 5, 1m));
        Assert.Empty(Insert(history, 12, 5m));
        Assert.Equal(
            [new(At(7), At(10), 1m), new(At(10), At(12), 5m), new(At(12), At(15), 5m), new(At(15), At(17), 9m)],
            history.Levels(At(7), At(17)));
    }

    [Fact]
    public void Of_several_levels_at_one_instant_the_greatest_counts_and_of_members_what_is_removed_is_gone()
    {
        var level = new LevelHistory(LevelSource.Level);
        Insert(level, 1, 5m);
        Assert.Empty(Insert(level, 1, 3m));
        Assert.Equal([new(At(1), Instant.MaxValue, 2m)], Insert(level, 1, 7m));
        var member = new LevelHistory(LevelSource.Member);
        Insert(member, 1, 1m);
        Assert.Equal([new(At(1), Instant.MaxValue, -1m)], Insert(member, 1, 0m));
        Assert.Empty(Insert(member, 1, 1m));
    }

    [Fact]
    public void More_taken_away_than_there_is_counts_as_nothing_until_it_is_there()
    {
        var history = new LevelHistory(LevelSource.Change);
        Assert.Empty(Insert(history, 10, -3m));
        Assert.Equal([new(At(20), Instant.MaxValue, 2m)], Insert(history, 20, 5m));
        // With two more from before on, one is missing until 20, and then there are four.
        Assert.Equal([new(At(5), At(10), 2m), new(At(20), Instant.MaxValue, 2m)], Insert(history, 5, 2m));
        Assert.Equal([new(At(5), At(10), 2m), new(At(20), At(30), 4m)], history.Levels(Start, At(30)));
    }

    /// <remarks>The oracle asks for the level at every instant, from the list of records alone.</remarks>
    [Theory]
    [InlineData(LevelSource.Level)]
    [InlineData(LevelSource.Change)]
    [InlineData(LevelSource.Member)]
    public void Any_order_gives_the_level_that_the_records_say_and_changes_add_up_to_it(LevelSource source)
    {
        var record = Gen.Select(Gen.Int[0, 12], Gen.Int[source == LevelSource.Change ? -4 : 0, source == LevelSource.Member ? 1 : 4]);
        record.Array[0, 12].Sample(records =>
        {
            var history = new LevelHistory(source);
            var added = new decimal[14];
            foreach (var (time, value) in records)
            {
                foreach (var change in Insert(history, time, value))
                {
                    Assert.NotEqual(0m, change.Delta);
                    for (var t = 0; t < added.Length; t++)
                    {
                        added[t] += At(t) >= change.From && At(t) < change.To ? change.Delta : 0m;
                    }
                }
            }

            var restored = new LevelHistory(source, history.Readings);
            for (var t = 0; t < added.Length; t++)
            {
                Assert.Equal(Expected(source, records, t), added[t]);
                Assert.Equal(added[t], restored.Levels(At(t), At(t + 1)).Sum(l => l.Delta));
            }
        });
    }

    private static decimal Expected(LevelSource source, (int Time, int Value)[] records, int t)
    {
        var before = records.Where(r => r.Time <= t).ToArray();
        if (before.Length == 0)
        {
            return 0m;
        }

        var last = before.Where(r => r.Time == before.Max(b => b.Time)).Select(r => r.Value);
        return source switch
        {
            LevelSource.Level => last.Max(),
            LevelSource.Member => last.Min(),
            _ => Math.Max(0, before.Sum(r => r.Value)),
        };
    }

    private static IReadOnlyList<LevelChange> Insert(LevelHistory history, int time, decimal value)
    {
        var changes = history.Changes(At(time), value);
        history.Insert(At(time), value);
        return changes;
    }

    private static Instant At(int minutes) => Start + Duration.FromMinutes(minutes);
}
