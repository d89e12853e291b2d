namespace OrleansBilling.Core.Devices;

/// <summary>Where a device is in its life. Values are stored: never change one.</summary>
public enum LifecycleState : byte
{
    /// <summary>Out of use for a while; usage goes to quarantine.</summary>
    Suspended = 0,

    /// <summary>In use. A device is active from its first assignment on unless told otherwise.</summary>
    Active = 1,

    /// <summary>In stock, not yet in use; usage goes to quarantine.</summary>
    Inventory = 2,

    /// <summary>Kept ready; its usage is billed, its fee is usually another one.</summary>
    Standby = 3,

    /// <summary>Gone for good; usage goes to quarantine and no other state follows.</summary>
    Terminated = 4,
}
