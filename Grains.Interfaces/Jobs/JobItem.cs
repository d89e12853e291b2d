using NodaTime;
using OrleansBilling.Contracts.Common;
using OrleansBilling.Contracts.Devices;

namespace OrleansBilling.Contracts.Jobs;

/// <summary>One item of a job. Which members matter depends on the kind of the job.</summary>
/// <param name="Device">Id of the device; null when it could not be read.</param>
/// <param name="Name">Of a device to register.</param>
/// <param name="Subscription">Whose the device is to be; null for nobody's.</param>
/// <param name="From">First instant of it.</param>
/// <param name="State">Of the device.</param>
/// <param name="Identifiers">Of a device to register; null for none.</param>
/// <param name="Line">Where it began in the body that was sent, from 1; 0 where it was no line of its own.</param>
/// <param name="Faults">Why it makes no sense; null when it does. It is refused then without being tried.</param>
/// <param name="Raw">JSON of the item as it was sent; only with faults, so that it can be mended.</param>
[GenerateSerializer, Immutable, Alias("billing.job-item")]
public sealed record JobItem(
    [property: Id(0)] string? Device,
    [property: Id(1)] string? Name = null,
    [property: Id(2)] string? Subscription = null,
    [property: Id(3)] Instant? From = null,
    [property: Id(4)] string? State = null,
    [property: Id(5)] IdentifierSpec[]? Identifiers = null,
    [property: Id(6)] int Line = 0,
    [property: Id(7)] CommandError[]? Faults = null,
    [property: Id(8)] string? Raw = null);
