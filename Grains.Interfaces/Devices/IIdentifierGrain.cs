using NodaTime;
using OrleansBilling.Contracts.Common;

namespace OrleansBilling.Contracts.Devices;

/// <summary>
/// Whose an identifier is, over time; the key is <see cref="EntityKey.Of"/> tenant and <see cref="Core.Devices.DeviceIdentifier.Key"/>.
/// See docs/adr/0025.
/// </summary>
[GrainInterfaceType("billing.identifier")]
public interface IIdentifierGrain : IGrainWithStringKey
{
    /// <summary>Gives it to a device; the same again is Unchanged, a time that is another device's a Conflict.</summary>
    [Alias("own")]
    Task<CommandResult<IdentifierView>> Own(string device, Instant from, Instant? to, bool takeOver);

    /// <summary>Ends a device's newest time at an instant; with its first one the time is taken back.</summary>
    [Alias("end")]
    Task<CommandResult<IdentifierView>> End(string device, Instant to);

    /// <summary>Hears from the device's partition that it ended a time; idempotent.</summary>
    [Alias("ended")]
    Task Ended(int number, Instant to);

    /// <summary>The identifier; null when nobody ever had it.</summary>
    [Alias("get")]
    Task<IdentifierView?> Get();
}
