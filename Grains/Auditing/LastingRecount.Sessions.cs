using NodaTime;
using OrleansBilling.Core.Rating;
using OrleansBilling.Core.Usage;
using OrleansBilling.Grains.Devices;

namespace OrleansBilling.Grains.Auditing;

/// <summary>Sessions from all their records at once.</summary>
internal sealed partial class LastingRecount
{
    private static void ReadSession(
        Levels levels, MeterEntry meter, SessionRule rule, Instant time, decimal quantity, KeyValuePair<string, string>[] dimensions)
    {
        var id = (meter.Index, dimensions.First(d => d.Key == rule.Id).Value);
        var readings = levels.Sessions.TryGetValue(id, out var known) ? known : levels.Sessions[id] = [];
        readings.Add(SessionReading.Of(rule, time, quantity, dimensions));
    }

    private static bool RemoveSession(
        Levels levels, MeterEntry meter, SessionRule rule, Instant time, decimal quantity, KeyValuePair<string, string>[] dimensions)
    {
        var id = (meter.Index, dimensions.First(d => d.Key == rule.Id).Value);
        var gone = SessionReading.Of(rule, time, quantity, dimensions);
        if (!levels.Sessions.TryGetValue(id, out var readings) || readings.FindIndex(r =>
            (r.Time, r.Phases, r.Value) == (gone.Time, gone.Phases, gone.Value)
            && r.Dimensions.SequenceEqual(gone.Dimensions)) is not (>= 0 and var at))
        {
            return false;
        }
        readings.RemoveAt(at);
        return true;
    }

    private void CountSessions(
        string device, Levels levels, Dictionary<(TermsEntry Terms, int Period, BucketKey Key), Sum> into)
    {
        var contributions = new List<(int Period, Contribution Contribution)>();
        foreach (var ((meter, _), readings) in levels.Sessions)
        {
            var session = readings.Aggregate(
                new SessionHistory(meters[meter].Definition.Session!), (history, reading) => history.With(reading));
            var parts = session.Stretches().SelectMany(s => Parts(device, s)).OrderBy(p => p.Stretch.Usage.From).ThenBy(p => p.Stretch.Usage.To);
            foreach (var plan in parts.GroupBy(p => p.Entry))
            {
                contributions.Clear();
                plan.Key.Plan.SpreadSession(
                    meters[meter].Definition.Id, [.. plan.Select(p => (p.Period, p.Stretch))], plan.Key.Zone, contributions);
                contributions.ForEach(c => Count(plan.Key, c.Period, c.Contribution, into));
            }
        }
    }

    private IEnumerable<(TermsEntry Entry, int Period, SessionStretch Stretch)> Parts(string device, SessionStretch stretch)
    {
        var (from, to) = (stretch.Usage.From, stretch.Usage.To);
        var instant = from == to;
        return Stays(Life(device), from, instant ? from + Duration.FromTicks(1) : to, begunOnly: false).Select(stay => (
            stay.Entry, stay.Entry.Calendar.IndexAt(stay.From),
            instant ? stretch : stretch with { Usage = stretch.Usage.Cut(stay.From, stay.To) }));
    }
}
