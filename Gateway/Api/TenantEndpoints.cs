using NodaTime;
using OrleansBilling.Contracts.Common;
using OrleansBilling.Contracts.Tenants;
using OrleansBilling.Gateway.Auth;
using OrleansBilling.Gateway.Requests;

namespace OrleansBilling.Gateway.Api;

/// <summary>Tenants, their keys and their clocks.</summary>
internal static class TenantEndpoints
{
    private static readonly TimeSpan DefaultGrace = TimeSpan.FromHours(1);
    private static readonly TimeSpan DefaultAcceptanceWindow = TimeSpan.FromDays(35);

    public static async Task<IResult> CreateAsync(HttpContext context, IGrainFactory grains, TimeProvider time)
    {
        var body = await JsonBody.ReadAsync<TenantBody>(context);
        var spec = new TenantSpec(body.Id, body.Name, body.TestClock?.Now,
            body.Grace ?? DefaultGrace, body.AcceptanceWindow ?? DefaultAcceptanceWindow);
        var key = ApiKey.Create();
        var result = await Directory(grains).Create(spec, Record(key, body.Id, time));
        var shown = result.Outcome == CommandOutcome.Created ? key : null;
        return CommandAnswer.Of(result, "/v1/tenants", tenant => TenantAnswer.Of(tenant, shown));
    }

    public static async Task<IResult> ListAsync(HttpContext context, IGrainFactory grains)
    {
        var (after, limit) = (Query.After(context), Query.Limit(context));
        var all = context.IsOperator() ? await Directory(grains).List() : await OwnAsync(context, grains);
        var rest = all.OrderBy(tenant => tenant.Id, StringComparer.Ordinal)
            .Where(tenant => after is null || string.CompareOrdinal(tenant.Id, after) > 0).ToList();
        var page = rest.Take(limit).Select(tenant => TenantAnswer.Of(tenant)).ToList();
        return ApiJson.Ok(new PageAnswer<TenantAnswer>(page, rest.Count > limit ? Cursor.Encode(page[^1].Id) : null));
    }

    private static async Task<TenantView[]> OwnAsync(HttpContext context, IGrainFactory grains) =>
        await Directory(grains).Get(context.Tenant()) is { } own ? [own] : [];

    /// <summary>The name of the caller's tenant.</summary>
    public static async Task<string> NameAsync(HttpContext context, IGrainFactory grains) =>
        (await Directory(grains).Get(context.Tenant()))?.Name ?? context.Tenant();

    public static async Task<IResult> ReadClockAsync(HttpContext context, IGrainFactory grains) =>
        ApiJson.Ok(await Clock(context, grains).Read());

    public static async Task<IResult> AdvanceClockAsync(HttpContext context, IGrainFactory grains)
    {
        var body = await JsonBody.ReadAsync<ClockAdvanceBody>(context);
        return CommandAnswer.Of(await Clock(context, grains).Advance(body.To), "/v1/clock");
    }

    private static ITenantDirectoryGrain Directory(IGrainFactory grains) => grains.GetGrain<ITenantDirectoryGrain>(0);

    private static ITenantClockGrain Clock(HttpContext context, IGrainFactory grains) =>
        grains.GetGrain<ITenantClockGrain>(context.Tenant());

    private static ApiKeyRecord Record(string key, string tenant, TimeProvider time) =>
        new(ApiKey.Hash(key), ApiKey.Prefix(key), tenant, Operator: false,
            Instant.FromDateTimeOffset(time.GetUtcNow()));
}
