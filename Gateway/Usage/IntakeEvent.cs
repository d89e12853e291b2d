using OrleansBilling.Contracts.Usage;

namespace OrleansBilling.Gateway.Usage;

/// <summary>One event of a request as it was read.</summary>
internal struct IntakeEvent
{
    /// <summary>The id as the caller wrote it, to be echoed; empty when it could not be read.</summary>
    public string Id;

    /// <summary>What goes to the device; meaningless with a fault.</summary>
    public UsageEvent Event;

    /// <summary>Null when the event may be sent.</summary>
    public EventFault? Fault;

    /// <summary>JSON pointer to what is at fault; null without one.</summary>
    public string? Pointer;
}
