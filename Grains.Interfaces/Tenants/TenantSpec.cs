using NodaTime;

namespace OrleansBilling.Contracts.Tenants;

/// <summary>A tenant to create: one operator or reseller, with a clock of its own kind.</summary>
/// <param name="Id">Slug, see <see cref="Common.EntityId.IsValidTenant"/>.</param>
/// <param name="Name">For people; null repeats the id.</param>
/// <param name="TestClockNow">Null runs on the wall clock; otherwise the instant at which the test clock
/// stands.</param>
/// <param name="Grace">How long after its end a period waits for its last events. Default one hour.</param>
/// <param name="AcceptanceWindow">How old an event may be when it arrives, on the tenant's clock. Default 35
/// days.</param>
[GenerateSerializer, Immutable, Alias("billing.tenant-spec")]
public sealed record TenantSpec(
    [property: Id(0)] string Id,
    [property: Id(1)] string? Name,
    [property: Id(2)] Instant? TestClockNow,
    [property: Id(3)] TimeSpan Grace,
    [property: Id(4)] TimeSpan AcceptanceWindow);
