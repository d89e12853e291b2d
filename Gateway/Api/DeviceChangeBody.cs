using System.Text.Json;
using NodaTime;
using OrleansBilling.Gateway.Requests;

namespace OrleansBilling.Gateway.Api;

/// <summary>Changes of many devices; each is read by itself, so that a fault in one refuses only that one.</summary>
internal sealed class DeviceChangesBody
{
    /// <summary>An array of <see cref="DeviceChangeBody"/>, at most <see cref="DeviceChangesEndpoint.MaxChanges"/>.</summary>
    public required JsonElement Changes { get; set; }
}

/// <summary>A change of one device: its subscription or its state.</summary>
internal sealed class DeviceChangeBody
{
    /// <summary>Id of the device.</summary>
    [IdText]
    public required string Device { get; set; }

    /// <summary>To another subscription, or to none; left out for a change of the state.</summary>
    public AssignmentChangeBody? Assignment { get; set; }

    /// <summary>inventory, test, activationReady, active, suspended, standby or terminated; left out for a change of the subscription.</summary>
    [MaxText(32)]
    public string? State { get; set; }

    /// <summary>First instant of it.</summary>
    public required Instant From { get; set; }
}

/// <summary>Where a device belongs.</summary>
internal sealed class AssignmentChangeBody
{
    /// <summary>Id of the subscription; null takes the device away from the one it is in.</summary>
    [IdText]
    public required string? Subscription { get; set; }
}
