namespace OrleansBilling.Grains.Devices;

/// <summary>What a device was registered with. Values are stored in snapshots: never change one.</summary>
internal enum SpecShape : byte
{
    /// <summary>Its id alone.</summary>
    OnlyId = 0,

    /// <summary>The subscription of its first assignment, without a time.</summary>
    FirstSubscription = 1,

    /// <summary>The subscription and the time of its first assignment.</summary>
    FirstSubscriptionAndTime = 2,

    /// <summary>Anything else; the spec is kept.</summary>
    Own = 3,
}
