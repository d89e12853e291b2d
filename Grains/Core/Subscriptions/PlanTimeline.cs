using NodaTime;

namespace OrleansBilling.Core.Subscriptions;

/// <summary>
/// Which plan version a subscription has when. Usage at the very instant of a change belongs to what begins there.
/// </summary>
/// <param name="Revision">0 as created; one more with every change that was decided, also when nothing came of it.</param>
/// <param name="Segments">Never empty, in strictly ascending order of time; the first begins with the subscription.</param>
/// <param name="End">First instant that no longer belongs to the subscription; null runs on.</param>
/// <param name="Pauses">In strictly ascending order of time, not overlapping; only the last may be open. Null: none.</param>
public sealed record PlanTimeline(int Revision, PlanSegment[] Segments, Instant? End, SubscriptionPause[]? Pauses = null)
{
    /// <summary>The pause that an instant belongs to; null when there is none.</summary>
    public SubscriptionPause? PauseAt(Instant time) => Array.Find(Pauses ?? [], pause => pause.Contains(time));

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
    public Instant? EndOf(int index) =>
        index + 1 < Segments.Length && !(Segments[index + 1].From >= End) ? Segments[index + 1].From : End;

    /// <summary>Whether a plan's one-time charges are due with a segment: when the plan begins, or when its trial is over.</summary>
    public bool Begins(int index) => Segments[index].Trial is null
        && (Segments[index].Continues is null || Segments[index - 1].Trial is not null);

    /// <summary>The segment with which the plan of a segment began.</summary>
    public PlanSegment BeginOf(PlanSegment segment) =>
        segment.Continues is { } first ? Array.Find(Segments, s => s.Number == first)! : segment;

    /// <summary>The timeline of plans alone, without the stages that continue them.</summary>
    public PlanTimeline Unstaged() => this with { Segments = [.. Segments.Where(s => s.Continues is null)] };

    /// <summary>The timeline with the stages of its plans, each until the next plan begins.</summary>
    /// <param name="stages">Of all plans that it ever had.</param>
    public PlanTimeline Staged(IReadOnlyList<PlanSegment> stages)
    {
        var staged = new List<PlanSegment>();
        for (var i = 0; i < Segments.Length; i++)
        {
            staged.Add(Segments[i]);
            staged.AddRange(stages.Where(s => s.Continues == Segments[i].Number
                && (i + 1 == Segments.Length || s.From < Segments[i + 1].From)));
        }
        return this with { Segments = [.. staged] };
    }

    /// <summary>The first instant at which another timeline says something else; null when there is none.</summary>
    public Instant? DiffersFrom(PlanTimeline other)
    {
        var instants = Segments.Concat(other.Segments).Select(s => s.From).Concat(Ends(this)).Concat(Ends(other))
            .Concat(Turns(this)).Concat(Turns(other));
        foreach (var time in instants.Order())
        {
            if (At(time).Number != other.At(time).Number || time >= End != time >= other.End
                || PauseAt(time)?.BillsUsage != other.PauseAt(time)?.BillsUsage)
            {
                return time;
            }
        }
        return null;

        static IEnumerable<Instant> Turns(PlanTimeline timeline) =>
            (timeline.Pauses ?? []).SelectMany(p => p.To is { } to ? (Instant[])[p.From, to] : [p.From]);

        static IEnumerable<Instant> Ends(PlanTimeline timeline) => timeline.End is { } end ? [end] : [];
    }

    /// <summary>The timeline with another plan from an instant on.</summary>
    /// <exception cref="ArgumentException">The segment does not begin after all others.</exception>
    public PlanTimeline Changed(PlanSegment segment) => segment.From > Segments[^1].From
        ? this with { Revision = Revision + 1, Segments = [.. Segments, segment] }
        : throw new ArgumentException($"A segment from {segment.From} must come after {Segments[^1].From}.", nameof(segment));

    /// <summary>The timeline with another plan from an instant on, as if it had been so from then: what began at or after it never was.</summary>
    public PlanTimeline Replaced(PlanSegment segment) => this with
    {
        Revision = Revision + 1,
        Segments = [.. Segments.Where(s => s.From < segment.From), segment with { Backdated = true }],
    };

    /// <summary>The timeline without a segment, which never came into force.</summary>
    public PlanTimeline Without(int number) =>
        this with { Revision = Revision + 1, Segments = [.. Segments.Where(s => s.Number != number)] };

    /// <summary>The timeline with another end.</summary>
    public PlanTimeline Ending(Instant? end) => this with { Revision = Revision + 1, End = end };

    /// <summary>The timeline with other pauses.</summary>
    public PlanTimeline Pausing(IEnumerable<SubscriptionPause> pauses) =>
        this with { Revision = Revision + 1, Pauses = pauses.ToArray() is { Length: > 0 } some ? some : null };

    /// <summary>The same timeline after a change of which nothing came.</summary>
    public PlanTimeline Unchanged() => this with { Revision = Revision + 1 };
}
