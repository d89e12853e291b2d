using NodaTime;
using OrleansBilling.Core.Pricing;
using OrleansBilling.Core.Subscriptions;

namespace OrleansBilling.Grains.Devices;

/// <summary>
/// The plans of a subscription that was changed, as a partition of its devices knows them; shared by the entries of all its segments.
/// Subscriptions that never changed, which is nearly all of them, have none of this.
/// </summary>
internal sealed class TermsTimeline(TermsEntry first, PlanTimeline told)
{
    private TermsEntry[] _inForce = [first];

    /// <summary>As the subscription's owner told it last.</summary>
    public PlanTimeline Told { get; private set; } = told;

    /// <summary>The entry that devices are assigned to; that of the plan the subscription was created with.</summary>
    public TermsEntry First { get; } = first;

    /// <summary>Entries of all segments ever, also of those that were withdrawn.</summary>
    public List<TermsEntry> Entries { get; } = [first];

    /// <summary>The change that is under way; null usually.</summary>
    public UsageHolding? Hold { get; set; }

    /// <summary>The entry of the segment that the subscription begins with; another than the first after a back-dated change.</summary>
    public TermsEntry Earliest => _inForce[0];

    /// <summary>Whether the subscription is paused at an instant, and usage kept back.</summary>
    public bool KeepsBack(long unixTicks) =>
        Told.Pauses is not null && Told.PauseAt(Instant.FromUnixTimeTicks(unixTicks)) is { BillsUsage: false };

    /// <summary>Whether usage at an instant is free in a trial.</summary>
    public bool IsFree(long unixTicks) => Told.At(Instant.FromUnixTimeTicks(unixTicks)).Trial == UsageInTrial.Free;

    /// <summary>Exclusive end of the last segment; the largest number when it runs on.</summary>
    public long EndTicks => _inForce[^1].EndTicks;

    /// <summary>The entry whose plan is in force; the first before the subscription begins.</summary>
    public TermsEntry At(long unixTicks)
    {
        for (var i = _inForce.Length - 1; i > 0; i--)
        {
            if (_inForce[i].StartTicks <= unixTicks)
            {
                return _inForce[i];
            }
        }
        return _inForce[0];
    }

    /// <summary>Takes what the owner told; every segment has its entry already.</summary>
    public void Take(PlanTimeline timeline)
    {
        Told = timeline;
        _inForce = [.. timeline.Segments.Select(s => Entries.Find(e => e.Number == s.Number)
            ?? throw new InvalidDataException($"Segment {s.Number} of '{First.Id}' has no entry."))];
        foreach (var entry in Entries)
        {
            var at = Array.IndexOf(_inForce, entry);
            if (at >= 0)
            {
                entry.SetExtent(timeline.Segments[at].From, timeline.EndOf(at));
            }
            else
            {
                entry.SetExtent(entry.Start, entry.Start);
            }
        }
    }
}
