using OrleansBilling.Contracts.Common;
using OrleansBilling.Contracts.Devices;
using OrleansBilling.Grains.Partitions;
using OrleansBilling.Grains.Records;

namespace OrleansBilling.Grains.Devices;

/// <summary>Gives the partition of a device the times for which the device has an identifier.</summary>
internal static class IdentifierLearning
{
    /// <summary>
    /// Copies what is not known yet. Where a time has ended here and the identifier has not heard of it, because somebody crashed in between,
    /// it hears of it now.
    /// </summary>
    public static async Task Learn(Partition home, IGrainFactory grains, string tenant, string device, string key)
    {
        var identifier = grains.GetGrain<IIdentifierGrain>(EntityKey.Of(tenant, key));
        if (await identifier.Get() is not { } view)
        {
            return;
        }
        var untold = home.Do(t => Learn(t, tenant, device, key, view));
        foreach (var owner in untold)
        {
            await home.Durable(home.Log.LastLsn);
            await identifier.Ended(owner.Number, owner.To!.Value);
        }
    }

    private static List<IdentifierOwner> Learn(Partition.Turn t, string tenant, string device, string key, IdentifierView view)
    {
        var untold = new List<IdentifierOwner>();
        if (t.State.Devices.Device(EntityGrain.TenantOf(t, tenant), device) is not { } state)
        {
            return untold;
        }
        foreach (var owner in view.Owners.Where(o => o.Device == device))
        {
            if (DeviceBook.Identifier(state, key, owner.Number) is not { Owner: var known })
            {
                t.Append(new DeviceIdentified(tenant, key, owner));
            }
            else if (known.To is not null && known.To != owner.To)
            {
                untold.Add(known);
            }
        }
        return untold;
    }
}
