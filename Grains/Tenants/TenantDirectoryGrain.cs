using NodaTime;
using Orleans.Concurrency;
using OrleansBilling.Contracts.Common;
using OrleansBilling.Contracts.Partitions;
using OrleansBilling.Contracts.Tenants;
using OrleansBilling.Grains.Partitions;
using OrleansBilling.Grains.Records;

namespace OrleansBilling.Grains.Tenants;

/// <summary>Shell around the <see cref="TenantDirectory"/>.</summary>
[Reentrant, GrainType("tenant-directory"), PartitionPlacement]
internal sealed class TenantDirectoryGrain(PartitionHost host) : PartitionShell(host), ITenantDirectoryGrain
{
    /// <summary>The directory belongs to the whole cluster, not to a tenant.</summary>
    private const string Everybody = "$cluster";

    /// <summary>All keys are in the memory of one partition.</summary>
    private const int MostUsableKeys = 1_000;

    public override int PartitionNumber => PartitionOf(Host.PartitionCount);

    public static int PartitionOf(int partitions) =>
        PartitionMap.Of(EntityKind.TenantDirectory, Everybody, Everybody, partitions);

    public async Task<CommandResult<TenantView>> Create(TenantSpec spec, ApiKeyRecord key)
    {
        if (Refusal(spec) is { } error)
        {
            return CommandResult.Rejected<TenantView>(error);
        }
        var view = new TenantView(spec.Id, spec.Name ?? spec.Id, spec.TestClockNow, spec.Grace, spec.AcceptanceWindow);
        var result = await (await Home()).DoDurably(t =>
        {
            if (t.State.Directory.Find(spec.Id) is { } known)
            {
                return known != view
                    ? CommandResult.Conflict<TenantView>("tenant.exists", "This tenant id exists with other content.", "/id")
                    // The same call once more, after a partition was away: its caller has not been told the key yet.
                    : t.State.Directory.FindKey(key.Sha256) is not null
                    ? CommandResult.Created(known)
                    : CommandResult.Unchanged(known);
            }
            t.Append(new TenantAdded(view));
            t.Append(new KeyAdded(key));
            return CommandResult.Created(view);
        });
        if (result.Succeeded)
        {
            // Every partition seals for every tenant, also one without a device yet; a repeat makes up for a crash in
            // between.
            await Task.WhenAll(Enumerable.Range(0, Host.PartitionCount)
                .Select(p => GrainFactory.GetGrain<IPartitionGrain>(p).LearnTenant(result.Value!)));
        }
        return result;
    }

    public async Task<CommandResult<ApiKeyRecord>> AddKey(ApiKeyRecord key) => await (await Home()).DoDurably(t =>
    {
        if (t.State.Directory.FindKey(key.Sha256) is { } known)
        {
            return CommandResult.Unchanged(known);
        }
        if (t.State.Directory.Find(key.Tenant) is null)
        {
            return CommandResult.NotFound<ApiKeyRecord>("tenant.unknown", $"There is no tenant '{key.Tenant}'.");
        }
        if (t.State.Directory.KeysOf(key.Tenant).Count(k => k.IsUsable(key.CreatedAt)) >= MostUsableKeys)
        {
            return CommandResult.Conflict<ApiKeyRecord>(
                "key.too_many", $"A tenant has at most {MostUsableKeys} keys that work; revoke one that nobody uses.");
        }
        t.Append(new KeyAdded(key));
        return CommandResult.Created(key);
    });

    public async Task<ApiKeyRecord[]> ListKeys(string tenant) => await (await Home()).DoDurably(t => t.State.Directory.KeysOf(tenant));

    public async Task<CommandResult<ApiKeyRecord>> RevokeKey(string tenant, string id, Instant at, bool byOperator) =>
        await (await Home()).DoDurably(t =>
        {
            if (t.State.Directory.FindKey(tenant, id, byOperator) is not { } key)
            {
                return NoSuchKey(id);
            }
            if (key.RevokedAt is not null)
            {
                return CommandResult.Unchanged(key);
            }
            if (!t.State.Directory.OperatorsCanDoWithout(key, at))
            {
                return CommandResult.Conflict<ApiKeyRecord>("key.last_operator_key",
                    "This is the last operator key that works for ever; add another one before, or rotate it.");
            }
            var revoked = key with { RevokedAt = at };
            t.Append(new KeyChanged(revoked));
            return CommandResult.Updated(revoked);
        });

    public async Task<CommandResult<ApiKeyRecord>> RotateKey(
        string tenant, string id, ApiKeyRecord next, Instant oldUntil, bool byOperator) =>
        await (await Home()).DoDurably(t =>
        {
            if (t.State.Directory.FindKey(next.Sha256) is { } known)
            {
                return CommandResult.Created(known);
            }
            if (t.State.Directory.FindKey(tenant, id, byOperator) is not { } old)
            {
                return NoSuchKey(id);
            }
            if (!old.IsUsable(next.CreatedAt))
            {
                return CommandResult.Conflict<ApiKeyRecord>("key.ended", $"The key '{id}' no longer works; add a new one.");
            }
            var successor = old with
            {
                Sha256 = next.Sha256,
                Prefix = next.Prefix,
                CreatedAt = next.CreatedAt,
                ExpiresAt = old.ExpiresAt is { } end ? next.CreatedAt + (end - old.CreatedAt) : null,
            };
            t.Append(new KeyAdded(successor));
            t.Append(new KeyChanged(old with { ExpiresAt = old.ExpiresAt < oldUntil ? old.ExpiresAt : oldUntil }));
            return CommandResult.Created(successor);
        });

    private static CommandResult<ApiKeyRecord> NoSuchKey(string id) =>
        CommandResult.NotFound<ApiKeyRecord>("key.unknown", $"There is no key '{id}'.");

    public async Task<ApiKeyRecord?> FindKey(string sha256) =>
        await (await Home()).DoDurably(t => t.State.Directory.FindKey(sha256));

    public async Task<ApiKeyRecord?> FindKeyById(string tenant, string id) =>
        await (await Home()).DoDurably(t => t.State.Directory.FindKey(tenant, id, operators: true));

    public async Task<bool> HasOperatorKey() => await (await Home()).DoDurably(t => t.State.Directory.HasOperatorKey);

    public async Task<TenantView?> Get(string tenant) => await (await Home()).DoDurably(t => t.State.Directory.Find(tenant));

    public async Task<TenantView[]> List() => await (await Home()).DoDurably(t => t.State.Directory.All());

    private static CommandError? Refusal(TenantSpec spec) =>
        !EntityId.IsValidTenant(spec.Id)
            ? new("tenant.id_invalid", "The id must be 1 to 40 of a-z, 0-9 and '-', not beginning with '-'.", "/id")
        : spec.Grace < TimeSpan.Zero || spec.Grace > TimeSpan.FromDays(31)
            ? new("tenant.grace_invalid", "The grace must be between PT0S and P31D.", "/grace")
        : spec.AcceptanceWindow < TimeSpan.FromHours(1) || spec.AcceptanceWindow > TimeSpan.FromDays(3660)
            ? new("tenant.window_invalid", "The acceptance window must be between PT1H and P3660D.", "/acceptanceWindow")
        : null;
}
