using NodaTime;
using OrleansBilling.Contracts.Devices;
using OrleansBilling.Core.Devices;

namespace OrleansBilling.Grains.Devices;

/// <summary>A time for which a device has an identifier, as the device's partition knows it.</summary>
/// <param name="key">Of the identifier.</param>
/// <param name="owner">With the number that the identifier's partition gave it.</param>
internal sealed class OwnedIdentifier(string key, IdentifierOwner owner)
{
    public string Key { get; } = key;

    public IdentifierOwner Owner { get; private set; } = owner;

    /// <summary>Unix ticks of the newest usage that named it, billed or not; the time may not end before or at it.</summary>
    public long NewestUsage { get; private set; } = long.MinValue;

    /// <summary>Whether nothing is left of it.</summary>
    public bool IsTakenBack => Owner.To <= Owner.From;

    public DeviceIdentifierView View
    {
        get
        {
            var (kind, value) = DeviceIdentifier.OfKey(Key);
            return new(kind, value, Owner.From, Owner.To);
        }
    }

    public bool Has(string key, long unixTicks) => Owner.Has(Instant.FromUnixTimeTicks(unixTicks)) && Key == key;

    public void End(Instant to) => Owner = Owner with { To = to };

    public void Saw(long unixTicks) => NewestUsage = Math.Max(NewestUsage, unixTicks);
}
