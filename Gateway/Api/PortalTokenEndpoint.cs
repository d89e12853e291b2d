using System.Text.Json;
using NodaTime;
using OrleansBilling.Contracts.AuditTrail;
using OrleansBilling.Contracts.Common;
using OrleansBilling.Contracts.Customers;
using OrleansBilling.Contracts.Partitions;
using OrleansBilling.Contracts.Serialization;
using OrleansBilling.Contracts.Tenants;
using OrleansBilling.Gateway.Auth;
using OrleansBilling.Gateway.Documentation;
using OrleansBilling.Gateway.Idempotency;
using OrleansBilling.Gateway.Problems;
using OrleansBilling.Gateway.Requests;
using OrleansBilling.Gateway.Usage;

namespace OrleansBilling.Gateway.Api;

/// <summary><c>POST /v1/portal-tokens</c>: what a portal gives to the browser of a customer.</summary>
internal static class PortalTokenEndpoint
{
    private static readonly TimeSpan Usual = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/v1/portal-tokens", MakeAsync).WithMetadata(ShowsKey.Mark).Needs(KeyScopes.Read)
            .Doc(new("Keys", "Make a portal token",
                "A token that reads the data of one customer for 15 minutes, or as long as you say, for its browser. It is shown like a key, and "
                + "ends at once when the key that made it is revoked. Needs a key that this server made, of the whole tenant.")
            {
                RequestExample = """{ "customer": "c-1", "expiresIn": "PT1H" }""",
                ResponseExample = """{ "token": "obp_eyJUIjoi…", "customer": "c-1", "expiresAt": "2026-01-20T13:00:00Z" }""",
            }).Takes<PortalTokenBody>().Answers<PortalTokenAnswer>(201);

    private static async Task<IResult> MakeAsync(HttpContext context, IGrainFactory grains, PartitionRouter router, TimeProvider time)
    {
        var body = await JsonBody.ReadAsync<PortalTokenBody>(context);
        var key = context.Caller().Key;
        if (!PortalTokens.MayMake(context.Caller()))
        {
            return new ProblemResult(Problem.MadeKeyNeeded());
        }
        var faults = await FaultsAsync(body, key.Tenant, grains);
        if (faults.Count > 0)
        {
            return new ProblemResult(Problem.Invalid(faults));
        }
        var end = Instant.FromDateTimeOffset(time.GetUtcNow()) + Duration.FromTimeSpan(body.ExpiresIn ?? Usual);
        var until = Instant.FromUnixTimeSeconds((key.ExpiresAt < end ? key.ExpiresAt.Value : end).ToUnixTimeSeconds());
        var token = new PortalToken(key.Tenant, key.Id(), body.Customer, until).SignedBy(key);
        await RecordAsync(context, grains, await router.AllAsync(), body.Customer, until);
        return ApiJson.Created("/v1/portal-tokens", new PortalTokenAnswer(token, body.Customer, until));
    }

    /// <summary>Making a token changes nothing, but opens data: the audit trail has it before anybody does.</summary>
    private static Task RecordAsync(
        HttpContext context, IGrainFactory grains, IPartitionGrain[] partitions, string customer, Instant until)
    {
        var tenant = context.Tenant();
        var home = PartitionMap.Of(EntityKind.Customer, tenant, customer, partitions.Length);
        return grains.GetGrain<IAuditTrailGrain>(home).Record(
            tenant, "portal_token", customer, JsonSerializer.SerializeToUtf8Bytes(new { customer, expiresAt = until }, BillingJson.Options));
    }

    private static async Task<List<ProblemError>> FaultsAsync(PortalTokenBody body, string tenant, IGrainFactory grains)
    {
        var faults = new List<ProblemError>();
        if (body.ExpiresIn is { } span && (span < Shortest || span > Longest))
        {
            faults.Add(new("portal.expiry_invalid", "A portal token works for PT1S to P1D.", "/expiresIn"));
        }
        if (await grains.GetGrain<ICustomerGrain>(EntityKey.Of(tenant, body.Customer)).Get() is null)
        {
            faults.Add(new("customer.unknown", $"There is no customer '{body.Customer}'.", "/customer"));
        }
        return faults;
    }
}
