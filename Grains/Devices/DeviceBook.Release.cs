using OrleansBilling.Grains.Records;

namespace OrleansBilling.Grains.Devices;

/// <summary>Usage that leaves the quarantine, because what kept it there was mended.</summary>
internal sealed partial class DeviceBook
{
    /// <summary>
    /// Places a quarantined event anew and applies it at once; the caller appends the record in the same turn. It was in time when
    /// it came, so the acceptance window is not asked again.
    /// </summary>
    /// <param name="record">As it is in quarantine; as it is billed, when the answer is null.</param>
    /// <returns>Why it stays where it is; null when it is billed now.</returns>
    public string? Release(bool includeTooOld, ref UsageRecord record)
    {
        if (record.Quarantine == UsageReasons.TooOld && !includeTooOld)
        {
            return UsageReasons.TooOld;
        }
        var (device, meter) = (_devices[record.Device], _meters[record.Meter]);
        var billed = record;
        billed.Quarantine = null;
        _change.Clear();
        var quantity = UsageChecks.InMeterUnit(record.Value, record.Unit, meter);
        var stays = meter.TryMeasure(quantity, record.Dimensions, out var measured, out var fault)
            ? Place(device, meter, measured, ref billed)
            : fault.Code;
        if (stays is not null)
        {
            return stays;
        }
        Quarantined.Remove(EventIdIndex.IdOf(device.Index, record.EventId));
        Commit(device, meter);
        device.Saw(billed.Time);
        Watch?.Saw(billed);
        record = billed;
        return null;
    }

    /// <summary>Whether an event is in quarantine with its record at that position.</summary>
    public bool IsQuarantined(in UsageRecord record, long lsn) =>
        Quarantined.TryGetValue(EventIdIndex.IdOf(record.Device, record.EventId), out var known) && known.Lsn == lsn;
}
