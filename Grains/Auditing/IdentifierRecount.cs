using NodaTime;
using OrleansBilling.Contracts.Auditing;
using OrleansBilling.Contracts.Devices;
using OrleansBilling.Core.Devices;
using OrleansBilling.Grains.Records;

namespace OrleansBilling.Grains.Auditing;

/// <summary>
/// Whose identifiers were, from the facts alone: usage that named one must lie in a time for which the device had it when all is told.
/// </summary>
internal sealed class IdentifierRecount
{
    private readonly Dictionary<string, List<(string Key, IdentifierOwner Owner)>> _owned = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Device, int Number), (long First, long Last)> _used = [];

    public void Read(DeviceIdentified fact)
    {
        if (!_owned.TryGetValue(fact.Owner.Device, out var owned))
        {
            _owned[fact.Owner.Device] = owned = [];
        }
        owned.Add((fact.Identifier, fact.Owner));
    }

    public void Read(DeviceIdentifierEnded fact)
    {
        var owned = _owned[fact.Device];
        var at = owned.FindIndex(o => o.Key == fact.Identifier && o.Owner.Number == fact.Number);
        owned[at] = (fact.Identifier, owned[at].Owner with { To = fact.To });
    }

    /// <summary>Usage of a device that named its identifier of that number, from 1.</summary>
    public void Read(string device, in UsageRecord record)
    {
        var key = (device, record.Identifier);
        var (first, last) = _used.TryGetValue(key, out var used) ? used : (record.Time, record.Time);
        _used[key] = (Math.Min(first, record.Time), Math.Max(last, record.Time));
    }

    public IEnumerable<AuditFinding> Findings()
    {
        foreach (var ((device, number), (first, last)) in _used)
        {
            var (key, owner) = _owned.TryGetValue(device, out var owned) && number <= owned.Count ? owned[number - 1] : ("", null);
            if (owner is null || !owner.Has(Instant.FromUnixTimeTicks(first)) || !owner.Has(Instant.FromUnixTimeTicks(last)))
            {
                yield return new(
                    "event.owner", $"{device}, {(owner is null ? $"identifier {number}" : DeviceIdentifier.OfKey(key))}",
                    owner is null ? "an identifier of the device" : $"usage from {owner.From} to {owner.To}",
                    $"usage from {Instant.FromUnixTimeTicks(first)} to {Instant.FromUnixTimeTicks(last)}");
            }
        }
    }
}
