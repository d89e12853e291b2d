using NodaTime;

namespace OrleansBilling.Contracts.Tenants;

/// <summary>A tenant's clock.</summary>
/// <param name="Kind"><c>wall</c> or <c>test</c>.</param>
/// <param name="SealedThrough">Usage of periods that ended by then is late. It is now less the grace.</param>
[GenerateSerializer, Immutable, Alias("billing.clock")]
public sealed record ClockView(
    [property: Id(0)] string Kind,
    [property: Id(1)] Instant Now,
    [property: Id(2)] Instant SealedThrough);
