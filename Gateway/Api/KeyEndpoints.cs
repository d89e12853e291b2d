using NodaTime;
using OrleansBilling.Contracts.Common;
using OrleansBilling.Contracts.Tenants;
using OrleansBilling.Gateway.Auth;
using OrleansBilling.Gateway.Limits;
using OrleansBilling.Gateway.Problems;
using OrleansBilling.Gateway.Requests;

namespace OrleansBilling.Gateway.Api;

/// <summary>Keys of the caller's tenant, and, for operators, of any.</summary>
internal static class KeyEndpoints
{
    private static readonly TimeSpan DefaultOverlap = TimeSpan.FromDays(1);
    private static readonly TimeSpan LongestOverlap = TimeSpan.FromDays(31);

    public static async Task<IResult> AddAsync(HttpContext context, IGrainFactory grains, GatewayLimits limits, TimeProvider time)
    {
        var body = await JsonBody.ReadAsync<KeyBody>(context);
        var fault = body.Scopes is null ? new ProblemError("json.required", "'scopes' is required.", "/scopes") : null;
        return fault is null
            ? await AddAsync(context, grains, limits, time, context.Tenant(), body)
            : new ProblemResult(Problem.Invalid([fault]));
    }

    /// <summary>Without a body the key may do everything in the tenant.</summary>
    public static async Task<IResult> AddToTenantAsync(HttpContext context, IGrainFactory grains, GatewayLimits limits, TimeProvider time)
    {
        var body = await JsonBody.ReadOptionalAsync<KeyBody>(context);
        var tenant = context.PathId("tenant");
        return await Directory(grains).Get(tenant) is null
            ? NoSuchTenant(tenant)
            : await AddAsync(context, grains, limits, time, tenant, body);
    }

    public static Task<IResult> ListAsync(HttpContext context, IGrainFactory grains, TimeProvider time) =>
        ListAsync(context, grains, time, context.Tenant());

    public static async Task<IResult> ListOfTenantAsync(HttpContext context, IGrainFactory grains, TimeProvider time)
    {
        var tenant = context.PathId("tenant");
        return await Directory(grains).Get(tenant) is null ? NoSuchTenant(tenant) : await ListAsync(context, grains, time, tenant);
    }

    public static Task<IResult> RevokeAsync(HttpContext context, IGrainFactory grains, TimeProvider time) =>
        RevokeAsync(context, grains, time, context.Tenant(), context.PathId("key"));

    public static Task<IResult> RevokeOfTenantAsync(HttpContext context, IGrainFactory grains, TimeProvider time) =>
        RevokeAsync(context, grains, time, context.PathId("tenant"), context.PathKey());

    public static Task<IResult> RotateAsync(HttpContext context, IGrainFactory grains, TimeProvider time) =>
        RotateAsync(context, grains, time, context.Tenant(), context.PathId("key"));

    public static Task<IResult> RotateOfTenantAsync(HttpContext context, IGrainFactory grains, TimeProvider time) =>
        RotateAsync(context, grains, time, context.PathId("tenant"), context.PathKey());

    private static async Task<IResult> AddAsync(
        HttpContext context, IGrainFactory grains, GatewayLimits limits, TimeProvider time, string tenant, KeyBody body)
    {
        var now = Now(time);
        var scopes = (body.Scopes ?? ["admin"]).Aggregate(KeyScopes.None, (all, name) => all | ScopeText.Parse(name));
        var maker = context.Caller().Key;
        var faults = KeyFaults.Of(body, scopes, tenant, now).Concat(KeyLimitFaults.Of(body.Limits, maker, limits)).ToList();
        if (faults.Count == 0 && body.Customer is { } customer
            && await grains.GetGrain<Contracts.Customers.ICustomerGrain>(EntityKey.Of(tenant, customer)).Get() is null)
        {
            faults.Add(new("customer.unknown", $"There is no customer '{customer}'.", "/customer"));
        }
        if (faults.Count > 0)
        {
            return new ProblemResult(Problem.Invalid(faults));
        }
        if (body.Operator == true && !context.IsOperator())
        {
            return new ProblemResult(Problem.OperatorKeyNeeded());
        }
        var key = ApiKey.Create();
        var record = new ApiKeyRecord(
            ApiKey.Hash(key), ApiKey.Prefix(key), tenant, body.Operator ?? false, now, scopes, body.Name, body.Customer, body.ExpiresAt);
        return Answer(await Directory(grains).AddKey(record.Limited(body.Limits, maker)), key, now);
    }

    private static async Task<IResult> ListAsync(HttpContext context, IGrainFactory grains, TimeProvider time, string tenant)
    {
        var (after, limit, now) = (Query.After(context), Query.Limit(context), Now(time));
        var all = (await Directory(grains).ListKeys(tenant)).Where(key => !key.Operator || context.IsOperator());
        var rest = (after is null ? all : all.SkipWhile(key => key.Id() != after).Skip(1)).ToList();
        var page = rest.Take(limit).Select(key => KeyAnswer.Of(key, now)).ToList();
        return ApiJson.Ok(new PageAnswer<KeyAnswer>(page, rest.Count > limit ? Cursor.Encode(page[^1].Id) : null));
    }

    private static async Task<IResult> RevokeAsync(
        HttpContext context, IGrainFactory grains, TimeProvider time, string tenant, string id) =>
        Answer(await Directory(grains).RevokeKey(tenant, id, Now(time), context.IsOperator()), null, Now(time));

    private static async Task<IResult> RotateAsync(
        HttpContext context, IGrainFactory grains, TimeProvider time, string tenant, string id)
    {
        var overlap = (await JsonBody.ReadOptionalAsync<KeyRotationBody>(context)).OldExpiresIn ?? DefaultOverlap;
        if (overlap < TimeSpan.Zero || overlap > LongestOverlap)
        {
            return new ProblemResult(Problem.Invalid(
                "key.overlap_invalid", "The old key may work on for PT0S to P31D.", "/oldExpiresIn"));
        }
        var (key, now) = (ApiKey.Create(), Now(time));
        var next = new ApiKeyRecord(ApiKey.Hash(key), ApiKey.Prefix(key), tenant, Operator: false, now);
        var result = await Directory(grains).RotateKey(tenant, id, next, now + Duration.FromTimeSpan(overlap), context.IsOperator());
        return Answer(result, key, now);
    }

    private static IResult Answer(CommandResult<ApiKeyRecord> result, string? key, Instant now) =>
        CommandAnswer.Of(result, "/v1/keys", record => KeyAnswer.Of(record, now, key));

    private static ProblemResult NoSuchTenant(string tenant) => new(Problem.NotFound("tenant", tenant));

    private static ITenantDirectoryGrain Directory(IGrainFactory grains) => grains.GetGrain<ITenantDirectoryGrain>(0);

    private static Instant Now(TimeProvider time) => Instant.FromDateTimeOffset(time.GetUtcNow());
}
