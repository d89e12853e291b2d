using NodaTime;
using OrleansBilling.Grains.Devices;
using OrleansBilling.Grains.Records;

namespace OrleansBilling.Grains.Corrections;

/// <summary>
/// Keeps what is placed while the archive is read for corrections, where it may matter to them: what the archive said up to the
/// start and this together are all there is.
/// </summary>
/// <param name="population">Of the usage that merges; null when none does.</param>
/// <param name="registers">Registers, levels and sessions, by device and meter, with readings that are corrected.</param>
internal sealed class CorrectionWatch(MergedPopulation? population, HashSet<(int Device, int Meter)> registers)
{
    private readonly List<UsageRecord> _seen = [];
    private readonly Dictionary<(int Device, int Meter, long Ticks), Dictionary<UInt128, UsageRecord>> _readings = [];

    public MergedPopulation? Population { get; } = population;

    /// <summary>Takes what comes in.</summary>
    public void Saw(in UsageRecord record)
    {
        if (Population?.Wants(record) == true || registers.Contains((record.Device, record.Meter)))
        {
            _seen.Add(record);
        }
    }

    /// <summary>Counts what the archive has.</summary>
    public void Read(DeviceBook book, in UsageRecord record)
    {
        if (Population?.Wants(record) == true)
        {
            Population.Add(book, record);
        }
        AddReading(record);
    }

    /// <summary>Counts what came in meanwhile.</summary>
    public void CatchUp(DeviceBook book)
    {
        foreach (var record in _seen)
        {
            Read(book, record);
        }
        _seen.Clear();
    }

    /// <summary>Whether another event told a register's reading at the same instant.</summary>
    public bool IsToldTwice(int device, int meter, Instant time) =>
        _readings.TryGetValue((device, meter, time.ToUnixTimeTicks()), out var events) && events.Count > 1;

    /// <summary>Other records of the instant of a level's or a session's record that counts.</summary>
    public IEnumerable<UsageRecord> OthersAt(in UsageRecord record)
    {
        var own = EventIdIndex.IdOf(record.Device, record.EventId);
        return (_readings.GetValueOrDefault((record.Device, record.Meter, record.Time)) ?? []).Where(r => r.Key != own).Select(r => r.Value);
    }

    public void AddReading(in UsageRecord record)
    {
        if (record.Quarantine is null && registers.Contains((record.Device, record.Meter)))
        {
            var key = (record.Device, record.Meter, record.Time);
            (_readings.TryGetValue(key, out var events) ? events : _readings[key] = [])[EventIdIndex.IdOf(record.Device, record.EventId)] = record;
        }
    }

    public void RemoveReading(in UsageRecord record) => _readings.GetValueOrDefault((record.Device, record.Meter, record.Time))
        ?.Remove(EventIdIndex.IdOf(record.Device, record.EventId));
}
