using NodaTime;
using OrleansBilling.Contracts.Tenants;

namespace OrleansBilling.Gateway.Api;

/// <summary>A tenant.</summary>
/// <param name="TestClock">Null when the tenant runs on the wall clock.</param>
/// <param name="Key">The tenant's first API key: shown once, in the answer that creates the tenant.</param>
internal sealed record TenantAnswer(
    string Id, string Name, TestClockAnswer? TestClock, TimeSpan Grace, TimeSpan AcceptanceWindow, string? Key)
{
    public static TenantAnswer Of(TenantView tenant, string? key = null) => new(
        tenant.Id,
        tenant.Name,
        tenant.TestClockNow is { } now ? new(now) : null,
        tenant.Grace,
        tenant.AcceptanceWindow,
        key);
}

/// <summary>Where a test clock stands.</summary>
internal sealed record TestClockAnswer(Instant Now);
