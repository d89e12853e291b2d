using NodaTime;
using OrleansBilling.Contracts.Common;
using OrleansBilling.Contracts.Reservations;

namespace OrleansBilling.Contracts.Devices;

/// <summary>One device; the key is <see cref="EntityKey.Of"/> tenant and device id.</summary>
[GrainInterfaceType("billing.device")]
public interface IDeviceGrain : IGrainWithStringKey
{
    /// <summary>Registers it; the same content again is Unchanged, other content a Conflict.</summary>
    [Alias("register")]
    Task<CommandResult<DeviceView>> Register(DeviceSpec spec);

    /// <summary>
    /// Assigns it to a subscription from an instant on; null takes it away. Usage before that stays where it was.
    /// </summary>
    [Alias("assign")]
    Task<CommandResult<DeviceView>> Assign(string? subscription, Instant from);

    /// <summary>Changes its state (<c>active</c>, <c>suspended</c>) from an instant on.</summary>
    [Alias("set-state")]
    Task<CommandResult<DeviceView>> SetState(string state, Instant from);

    /// <summary>Gives it an identifier for a time; a time that is another device's is a Conflict.</summary>
    [Alias("identify")]
    Task<CommandResult<DeviceView>> Identify(IdentifierSpec spec);

    /// <summary>Ends the time of an identifier; a Conflict when usage that named it came at or after the instant.</summary>
    [Alias("end-identifier")]
    Task<CommandResult<DeviceView>> EndIdentifier(string kind, string value, Instant to);

    /// <summary>The device's part of ending a time: from when this answers Updated it takes no usage by it at or after the instant.</summary>
    /// <param name="identifier">Its key.</param>
    [Alias("cut-identifier")]
    Task<CommandResult<DeviceView>> CutIdentifier(string identifier, IdentifierOwner owner, Instant to);

    /// <summary>Declares that a register was replaced or reset.</summary>
    [Alias("reset-register")]
    Task<CommandResult<DeviceView>> ResetRegister(RegisterReset reset);

    /// <summary>The device, or null.</summary>
    [Alias("get")]
    Task<DeviceView?> Get();

    /// <summary>Its usage in billing periods that overlap the half-open span; null for no such device.</summary>
    [Alias("usage")]
    Task<DeviceUsage?> Usage(Instant? from, Instant? to);

    /// <summary>
    /// Reserves quota of the subscription that the device has now; durable when answered. The same again is Unchanged; a Conflict when a
    /// limit leaves less than is of use.
    /// </summary>
    [Alias("reserve")]
    Task<CommandResult<ReservationView>> Reserve(ReservationSpec spec);

    /// <summary>
    /// Takes what was used of a reservation: it is on the bill when this answers. The same number again is Unchanged.
    /// </summary>
    [Alias("report-reserved")]
    Task<CommandResult<ReservationView>> ReportReserved(string reservation, ReservationUse use);

    /// <summary>A reservation; NotFound when it was over ten minutes ago.</summary>
    [Alias("reservation")]
    Task<CommandResult<ReservationView>> Reservation(string reservation);
}
