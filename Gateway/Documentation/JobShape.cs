using NodaTime;
using OrleansBilling.Gateway.Api;

namespace OrleansBilling.Gateway.Documentation;

/// <summary>A job to take over.</summary>
/// <param name="Id">Chosen by you, 1 to 128 characters; by the server when left out.</param>
/// <param name="Kind">devices, assignments or states.</param>
/// <param name="Items">At most 100,000, done in their order.</param>
internal sealed record JobShape(string? Id, string Kind, JobItemShape[] Items);

/// <summary>An item; which members it has depends on the kind of the job.</summary>
/// <param name="Id">devices: id of the device to register.</param>
/// <param name="Name">devices: for people.</param>
/// <param name="Device">assignments, states: id of the device.</param>
/// <param name="Subscription">devices: who pays for its usage. assignments: the same, or null for nobody.</param>
/// <param name="From">First instant of the subscription or the state.</param>
/// <param name="State">devices, states: inventory, test, activationReady, active, suspended, standby or
/// terminated.</param>
/// <param name="Identifiers">devices: given to it once it is registered, at most 16.</param>
internal sealed record JobItemShape(
    string? Id,
    string? Name,
    string? Device,
    string? Subscription,
    Instant? From,
    string? State,
    IdentifierBody[]? Identifiers);
