using NodaTime;

namespace OrleansBilling.Contracts.Corrections;

/// <summary>Asks to take back or to change usage that was accepted.</summary>
/// <param name="Id">1–128 characters; unique per device, for ever. The same content again is a duplicate.</param>
/// <param name="Device">Whose usage it is.</param>
/// <param name="Event">Id of the event.</param>
/// <param name="Action">One of <see cref="CorrectionActions"/>.</param>
/// <param name="Reason">For people; 1–500 characters.</param>
/// <param name="Value">The right value, in <paramref name="Unit"/>; null leaves it. Only of an amendment, like all that follow.</param>
/// <param name="Unit">Of <paramref name="Value"/>; null is the meter's.</param>
/// <param name="Dimensions">The right dimensions, all of them; null leaves them, none takes them away.</param>
/// <param name="Time">When it was used; null leaves it.</param>
[GenerateSerializer, Immutable, Alias("billing.usage-correction")]
public sealed record UsageCorrection(
    [property: Id(0)] string Id,
    [property: Id(1)] string Device,
    [property: Id(2)] string Event,
    [property: Id(3)] string Action,
    [property: Id(4)] string Reason,
    [property: Id(5)] decimal? Value = null,
    [property: Id(6)] string? Unit = null,
    [property: Id(7)] KeyValuePair<string, string>[]? Dimensions = null,
    [property: Id(8)] Instant? Time = null);
