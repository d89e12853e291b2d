using NodaTime;

namespace OrleansBilling.Contracts.Tenants;

/// <summary>A tenant as it is.</summary>
/// <param name="TestClockNow">Null when the tenant runs on the wall clock.</param>
[GenerateSerializer, Immutable, Alias("billing.tenant")]
public sealed record TenantView(
    [property: Id(0)] string Id,
    [property: Id(1)] string Name,
    [property: Id(2)] Instant? TestClockNow,
    [property: Id(3)] TimeSpan Grace,
    [property: Id(4)] TimeSpan AcceptanceWindow);
