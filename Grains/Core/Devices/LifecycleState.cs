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

    /// <summary>Being tried out: what its plan says is free, until that is used up; usage beyond it makes the device active.</summary>
    Test = 5,

    /// <summary>Delivered: the first usage, or the end of a time, makes it active.</summary>
    ActivationReady = 6,
}
