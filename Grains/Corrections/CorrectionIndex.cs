using OrleansBilling.Grains.Devices;
using OrleansBilling.Grains.Records;

namespace OrleansBilling.Grains.Corrections;

/// <summary>Corrections of a partition, by event, by their own ids, and in the order of the log.</summary>
internal sealed class CorrectionIndex
{
    private readonly Dictionary<UInt128, CorrectedEvent> _events = [];
    private readonly Dictionary<UInt128, (long Lsn, UsageCorrected Fact)> _byId = [];
    private readonly List<(long Lsn, CorrectedEvent Event, UsageCorrected Fact)> _all = [];

    /// <summary>By position.</summary>
    public IReadOnlyList<(long Lsn, CorrectedEvent Event, UsageCorrected Fact)> All => _all;

    public IEnumerable<CorrectedEvent> Events => _events.Values;

    /// <summary>Corrected events by device and id.</summary>
    public HashSet<(int Device, string EventId)> EventIds() => [.. _all.Select(c => (c.Event.Device, c.Fact.Asked.Event))];

    /// <summary>Usage periods that corrections took usage from or put it into.</summary>
    /// <param name="rated">The number of the plan that rates a version.</param>
    public HashSet<(int Terms, int UsagePeriod)> Periods(Func<UsageVersion, int> rated) =>
    [
        .. _all.SelectMany(c => new[] { c.Fact.Before, c.Fact.After }).OfType<UsageVersion>().Where(v => v.Quarantine is null)
            .Select(v => (rated(v), v.UsagePeriod)),
    ];

    /// <summary>The event of an id; null when it was never corrected.</summary>
    public CorrectedEvent? Find(UInt128 eventId) => _events.GetValueOrDefault(eventId);

    public bool Has(in UsageRecord record) =>
        _events.Count > 0 && _events.ContainsKey(EventIdIndex.IdOf(record.Device, record.EventId));

    /// <summary>The correction of a device with an id; null when there is none.</summary>
    public (long Lsn, UsageCorrected Fact)? FindCorrection(int device, string id) =>
        _byId.TryGetValue(EventIdIndex.IdOf(device, id), out var found) ? found : null;

    public void Add(long lsn, int device, int meter, UsageCorrected fact)
    {
        var id = EventIdIndex.IdOf(device, fact.Asked.Event);
        if (!_events.TryGetValue(id, out var corrected))
        {
            _events[id] = corrected = new(id, device, meter);
        }
        corrected.Add(lsn, fact);
        _byId[EventIdIndex.IdOf(device, fact.Asked.Id)] = (lsn, fact);
        _all.Add((lsn, corrected, fact));
    }
}
