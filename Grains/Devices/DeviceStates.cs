namespace OrleansBilling.Grains.Devices;

/// <summary>States of a device.</summary>
internal static class DeviceStates
{
    public const string Active = "active";

    /// <summary>Usage is kept in quarantine, not billed.</summary>
    public const string Suspended = "suspended";
}
