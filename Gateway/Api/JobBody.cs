using System.Text.Json;
using NodaTime;
using OrleansBilling.Gateway.Requests;

namespace OrleansBilling.Gateway.Api;

/// <summary>A job to take over; each item is read by itself, so that a fault in one refuses only that one.</summary>
internal sealed class JobBody
{
    /// <summary>Chosen by you, or by the server when left out.</summary>
    [IdText]
    public string? Id { get; set; }

    /// <summary>devices, assignments or states.</summary>
    [MaxText(32)]
    public required string Kind { get; set; }

    /// <summary>
    /// An array of <see cref="DeviceBody"/>, <see cref="AssignmentItemBody"/> or <see cref="StateItemBody"/>, by the
    /// kind.
    /// </summary>
    public required JsonElement Items { get; set; }
}

/// <summary>A device to be moved.</summary>
internal sealed class AssignmentItemBody
{
    /// <summary>Id of the device.</summary>
    [IdText]
    public required string Device { get; set; }

    /// <summary>Id of the subscription; null takes the device away from the one it is in.</summary>
    [IdText]
    public required string? Subscription { get; set; }

    /// <summary>First instant whose usage belongs to it.</summary>
    public required Instant From { get; set; }
}

/// <summary>A device whose state is to be set.</summary>
internal sealed class StateItemBody
{
    /// <summary>Id of the device.</summary>
    [IdText]
    public required string Device { get; set; }

    /// <summary>inventory, test, activationReady, active, suspended, standby or terminated.</summary>
    [MaxText(32)]
    public required string State { get; set; }

    /// <summary>First instant of the state.</summary>
    public required Instant From { get; set; }
}
