using NodaTime;
using OrleansBilling.Core.Periods;
using OrleansBilling.Core.Usage;

namespace OrleansBilling.Core.Rating;

/// <summary>Levels and sessions of a quote. Levels are 0 before the first record, and as they were reported until the period ends.</summary>
internal sealed class QuoteLasting(CompiledPlan plan, BillingPeriod period, DateTimeZone zone)
{
    private readonly Dictionary<(string Device, string Meter, string Dimensions), (KeyValuePair<string, string>[] Dimensions, LevelHistory History)> _levels = [];
    private readonly Dictionary<(string Device, string Meter, string Session), SessionHistory> _sessions = [];

    /// <summary>Takes a record of what lasts; false for usage of any other meter.</summary>
    internal bool Take(
        string device, string meter, Instant time, decimal value, IReadOnlyList<KeyValuePair<string, string>> dimensions)
    {
        if (plan.Meter(meter) is not { Lasts: true } definition)
        {
            return false;
        }

        if (definition.Session is { } session)
        {
            var id = (device, meter, dimensions.FirstOrDefault(d => d.Key == session.Id).Value ?? "");
            _sessions[id] = (_sessions.GetValueOrDefault(id) ?? new(session)).With(SessionReading.Of(session, time, value, dimensions));
            return true;
        }

        var record = LevelRecord.Of(definition, time, value, dimensions);
        var key = (device, meter, string.Join('\n', record.Dimensions.Select(d => $"{d.Key}\t{d.Value}")));
        if (!_levels.TryGetValue(key, out var level))
        {
            _levels[key] = level = (record.Dimensions, new(definition.Source));
        }

        level.History.Insert(record.Time, record.Value);
        return true;
    }

    /// <summary>Adds what they come to in the period.</summary>
    internal void AddTo(UsageTotals totals)
    {
        foreach (var ((device, meter, _), (dimensions, history)) in _levels)
        {
            AddLevel(totals, device, plan.Meter(meter)!, dimensions, history);
        }

        foreach (var ((device, meter, _), session) in _sessions)
        {
            AddSession(totals, device, meter, session);
        }
    }

    private void AddLevel(
        UsageTotals totals, string device, MeterDefinition meter, KeyValuePair<string, string>[] dimensions, LevelHistory history)
    {
        var contributions = new List<Contribution>();
        var last = period.End - Duration.FromTicks(1);
        foreach (var level in history.Levels(period.Start, period.End).Where(l => meter.Integrates || l.To == period.End))
        {
            var stretch = meter.Integrates ? UsageStretch.OfLevel(level.From, level.To, level.Delta) : new(last, last, level.Delta);
            plan.Spread(meter.Id, stretch, dimensions, zone, contributions);
        }

        contributions.ForEach(c => totals.AddPart(device, c));
    }

    private void AddSession(UsageTotals totals, string device, string meter, SessionHistory session)
    {
        var contributions = new List<(int, Contribution Contribution)>();
        var parts = session.Stretches().Select(stretch => (0, stretch)).ToArray();
        plan.SpreadSession(meter, parts, zone, contributions);
        contributions.ForEach(c => totals.AddPart(device, c.Contribution));
    }
}
