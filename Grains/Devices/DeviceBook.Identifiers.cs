using NodaTime;
using OrleansBilling.Contracts.Devices;
using OrleansBilling.Contracts.Usage;
using OrleansBilling.Grains.Records;
using OrleansBilling.Grains.Tenants;

namespace OrleansBilling.Grains.Devices;

/// <summary>
/// Identifiers. One that usage was sent for, or that was given to a device, is kept like a device of its own which belongs to nobody: so the
/// ids of its events, its quarantine and its history need nothing else. See docs/adr/0025.
/// </summary>
internal sealed partial class DeviceBook
{
    public void Apply(TenantCopy tenant, IdentifierOwned fact) => Known(tenant, fact.Identifier).SetOwner(fact.Owner);

    public void Apply(TenantCopy tenant, IdentifierEnded fact)
    {
        var identifier = Known(tenant, fact.Identifier);
        identifier.SetOwner(identifier.Owners[fact.Number] with { To = fact.To });
    }

    public void Apply(TenantCopy tenant, DeviceIdentified fact)
    {
        var owned = new OwnedIdentifier(fact.Identifier, fact.Owner);
        owned.Saw(fact.NewestUsage ?? long.MinValue);
        Known(tenant, fact.Owner.Device).AddIdentifier(owned);
    }

    public void Apply(TenantCopy tenant, DeviceIdentifierEnded fact) =>
        Identifier(Known(tenant, fact.Device), fact.Identifier, fact.Number)!.End(fact.To);

    public void Apply(TenantCopy tenant, UsageForwarded fact) =>
        Quarantined.Remove(EventIdIndex.IdOf(Known(tenant, fact.Identifier).Index, fact.EventId));

    /// <summary>A time of an identifier that a device's partition knows of; null when it does not.</summary>
    public static OwnedIdentifier? Identifier(DeviceState device, string key, int number) =>
        device.Identifiers.FirstOrDefault(i => i.Owner.Number == number && i.Key == key);

    /// <summary>Whose an identifier is at an instant; null for nobody's.</summary>
    public static IdentifierOwner? OwnerAt(DeviceState identifier, long unixTicks)
    {
        var at = Instant.FromUnixTimeTicks(unixTicks);
        return identifier.Owners.FirstOrDefault(o => o.Has(at));
    }

    /// <summary>Whether a device has an identifier at an instant, as far as its partition knows.</summary>
    public static bool Has(DeviceState device, string key, long unixTicks) => PlaceOf(device, key, unixTicks) > 0;

    /// <summary>The number, from 1, under which usage records name a device's identifier; 0 when it is not its then.</summary>
    private static int PlaceOf(DeviceState device, string key, long unixTicks)
    {
        for (var i = device.Identifiers.Count; i > 0; i--)
        {
            if (device.Identifiers[i - 1].Has(key, unixTicks))
            {
                return i;
            }
        }
        return 0;
    }

    private static void Named(DeviceState device, in UsageRecord record)
    {
        if (record.Identifier > 0)
        {
            device.Identifiers[record.Identifier - 1].Saw(record.Time);
        }
    }

    /// <summary>
    /// Says whose usage of an identifier is. An event that waits in quarantine here is told with its position, so that it leaves the
    /// quarantine; one that was voided here stays so.
    /// </summary>
    /// <returns>Null when it is nobody's, or is answered like usage of a device.</returns>
    private UsageResult? Resolve(DeviceState identifier, UInt128 id, long unixTicks, bool differs)
    {
        var waits = Quarantined.TryGetValue(id, out var held);
        if (waits && differs)
        {
            return null;
        }
        if (Corrections.Find(id) is { Current: null })
        {
            return differs ? null : new() { Status = UsageStatus.Duplicate };
        }
        return OwnerAt(identifier, unixTicks) is { } owner
            ? new() { Status = UsageStatus.Owned, Code = owner.Device, Position = waits ? held.Lsn : 0 }
            : null;
    }

    private IEnumerable<object> IdentifierFacts()
    {
        foreach (var device in _devices)
        {
            foreach (var owner in device.Owners)
            {
                yield return new IdentifierOwned(device.Tenant.Id, device.Id, owner);
            }
            foreach (var owned in device.Identifiers)
            {
                yield return new DeviceIdentified(
                    device.Tenant.Id, owned.Key, owned.Owner, owned.NewestUsage == long.MinValue ? null : owned.NewestUsage);
            }
        }
    }
}
