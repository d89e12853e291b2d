using OrleansBilling.Core.Subscriptions;

namespace OrleansBilling.Core.Tests.Subscriptions;

public class PlanTimelineTests
{
    private static readonly PlanTimeline Created = new(0, [new(0, Day(1), "a", 1)], null);

    [Fact]
    public void The_instant_of_a_change_belongs_to_what_begins()
    {
        var changed = Created.Changed(new(1, Day(11), "b", 2)).Ending(Day(21));
        Assert.Equal(2, changed.Revision);
        Assert.Equal([0, 0, 1, 1], new[] { Day(0), Day(11) - Duration.Epsilon, Day(11), Day(30) }.Select(t => changed.At(t).Number));
        Assert.Equal([Day(11), Day(21)], new[] { changed.EndOf(0), changed.EndOf(1) });
        Assert.Throws<ArgumentException>(() => changed.Changed(new(2, Day(11), "c", 1)));
    }

    [Fact]
    public void Timelines_differ_from_the_first_instant_that_has_another_plan_or_end()
    {
        var changed = Created.Changed(new(1, Day(11), "b", 1));
        Assert.Null(Created.DiffersFrom(Created.Unchanged()));
        Assert.Equal(Day(11), Created.DiffersFrom(changed));
        Assert.Equal(Day(11), changed.DiffersFrom(changed.Without(1)));
        Assert.Equal(Day(21), changed.DiffersFrom(changed.Ending(Day(21))));
        Assert.Equal(Day(5), Created.Ending(Day(5)).DiffersFrom(changed));
    }

    private static Instant Day(int day) => Instant.FromUtc(2026, 6, 1, 0, 0) + Duration.FromDays(day - 1);
}
