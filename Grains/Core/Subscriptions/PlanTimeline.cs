using NodaTime;

namespace OrleansBilling.Core.Subscriptions;

/// <summary>
/// Which plan version a subscription has when. Usage at the very instant of a change belongs to what begins there.
/// </summary>
/// <param name="Revision">0 as created; one more with every change that was decided, also when nothing came of it.</param>
/// <param name="Segments">Never empty, in strictly ascending order of time; the first begins with the subscription.</param>
/// <param name="End">First instant that no longer belongs to the subscription; null runs on.</param>
public sealed record PlanTimeline(int Revision, PlanSegment[] Segments, Instant? End)
{
    /// <summary>The plan in force at an instant; the first before the subscription begins.</summary>
    public PlanSegment At(Instant time)
    {
        var found = Segments[0];
        foreach (var segment in Segments)
        {
            found = segment.From <= time ? segment : found;
        }
        return found;
    }

    /// <summary>First instant that no longer belongs to a segment; null when it runs on.</summary>
    public Instant? EndOf(int index) => index + 1 < Segments.Length ? Segments[index + 1].From : End;

    /// <summary>The first instant at which another timeline says something else; null when there is none.</summary>
    public Instant? DiffersFrom(PlanTimeline other)
    {
        var instants = Segments.Concat(other.Segments).Select(s => s.From).Concat(Ends(this)).Concat(Ends(other));
        foreach (var time in instants.Order())
        {
            if (At(time).Number != other.At(time).Number || time >= End != time >= other.End)
            {
                return time;
            }
        }
        return null;

        static IEnumerable<Instant> Ends(PlanTimeline timeline) => timeline.End is { } end ? [end] : [];
    }

    /// <summary>The timeline with another plan from an instant on.</summary>
    /// <exception cref="ArgumentException">The segment does not begin after all others.</exception>
    public PlanTimeline Changed(PlanSegment segment) => segment.From > Segments[^1].From
        ? new(Revision + 1, [.. Segments, segment], End)
        : throw new ArgumentException($"A segment from {segment.From} must come after {Segments[^1].From}.", nameof(segment));

    /// <summary>The timeline without a segment, which never came into force.</summary>
    public PlanTimeline Without(int number) => new(Revision + 1, [.. Segments.Where(s => s.Number != number)], End);

    /// <summary>The timeline with another end.</summary>
    public PlanTimeline Ending(Instant? end) => new(Revision + 1, Segments, end);

    /// <summary>The same timeline after a change of which nothing came.</summary>
    public PlanTimeline Unchanged() => this with { Revision = Revision + 1 };
}
