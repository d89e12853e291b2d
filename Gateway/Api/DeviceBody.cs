using NodaTime;
using OrleansBilling.Contracts.Devices;
using OrleansBilling.Gateway.Requests;

namespace OrleansBilling.Gateway.Api;

/// <summary>A device to register.</summary>
internal sealed class DeviceBody
{
    /// <summary>Chosen by you.</summary>
    [IdText]
    public required string Id { get; set; }

    /// <summary>For people.</summary>
    [MaxText(200)]
    public string? Name { get; set; }

    /// <summary>Id of the subscription that pays for its usage; left out it belongs to none yet.</summary>
    [IdText]
    public string? Subscription { get; set; }

    /// <summary>First instant of that; the subscription's start when left out.</summary>
    public Instant? From { get; set; }

    /// <summary>Given to it once it is registered, at most 16; one that is refused does not undo the registration.</summary>
    public IdentifierBody[]? Identifiers { get; set; }

    /// <summary>Its first state, from <see cref="From"/> on, without a subscription from ever on; active when left out.</summary>
    [MaxText(32)]
    public string? State { get; set; }

    public DeviceSpec Spec => new(Id, Name, Subscription, From, State);
}

/// <summary>Moves a device to a subscription.</summary>
internal sealed class AssignmentBody
{
    /// <summary>Id of the subscription; null takes the device away from the one it is in.</summary>
    [IdText]
    public required string? Subscription { get; set; }

    /// <summary>First instant whose usage belongs to it.</summary>
    public required Instant From { get; set; }
}

/// <summary>Changes a device's state.</summary>
internal sealed class DeviceStateBody
{
    /// <summary>inventory, test, activationReady, active, suspended, standby or terminated.</summary>
    [MaxText(32)]
    public required string State { get; set; }

    /// <summary>First instant of the state.</summary>
    public required Instant From { get; set; }
}

/// <summary>Declares that a register was replaced or reset.</summary>
internal sealed class RegisterResetBody
{
    /// <summary>Id of the cumulative meter.</summary>
    [IdText]
    public required string Meter { get; set; }

    /// <summary>When it happened.</summary>
    public required Instant At { get; set; }

    /// <summary>What the old register showed at the end; left out when nobody read it.</summary>
    public decimal? FinalReading { get; set; }

    /// <summary>What the register shows from then on.</summary>
    public required decimal StartReading { get; set; }
}
