using OrleansBilling.Core.Usage;

namespace OrleansBilling.Grains.Devices;

/// <summary>A session cut by whose it is: by plan segment and period.</summary>
internal static class SessionParts
{
    /// <summary>The parts of each plan segment, in time order.</summary>
    public static IEnumerable<(TermsEntry Terms, List<(int Period, SessionStretch Stretch)> Parts)> Of(
        DeviceState device, IReadOnlyList<SessionStretch> stretches)
    {
        var byTerms = new List<(TermsEntry Terms, List<(int Period, SessionStretch Stretch)> Parts)>(1);
        foreach (var stretch in stretches)
        {
            var (from, to) = (stretch.Usage.From.ToUnixTimeTicks(), stretch.Usage.To.ToUnixTimeTicks());
            foreach (var stay in Stay.Of(device, from, Math.Max(to, from + 1), _ => long.MaxValue))
            {
                var part = from == to ? stretch : stretch with { Usage = stretch.Usage.Cut(stay.From, stay.To) };
                var at = byTerms.FindIndex(t => t.Terms == stay.Terms);
                if (at < 0)
                {
                    (at, byTerms) = (byTerms.Count, [.. byTerms, (stay.Terms, [])]);
                }
                byTerms[at].Parts.Add((stay.Period, part));
            }
        }
        return byTerms;
    }

    /// <summary>What is different of a session; all of it where some plan rounds sessions, so that parts depend on those before.</summary>
    public static void Difference(
        DeviceState device, MeterEntry meter, IReadOnlyList<SessionStretch> known, IReadOnlyList<SessionStretch> now,
        out IReadOnlyList<SessionStretch> before, out IReadOnlyList<SessionStretch> after)
    {
        (before, after) = (known, now);
        if (device.Assignments.Any(a => a.Terms is { } first
            && (first.Timeline?.Entries ?? [first]).Exists(t => t.Plan.RoundsSessions(meter.Definition.Id))))
        {
            return;
        }
        var (start, end) = (0, 0);
        var least = Math.Min(known.Count, now.Count);
        while (start < least && known[start].Is(now[start]))
        {
            start++;
        }
        while (end < least - start && known[known.Count - 1 - end].Is(now[now.Count - 1 - end]))
        {
            end++;
        }
        before = [.. known.Skip(start).Take(known.Count - end - start)];
        after = [.. now.Skip(start).Take(now.Count - end - start)];
    }
}
