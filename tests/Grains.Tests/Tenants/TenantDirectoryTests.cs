using NodaTime;
using OrleansBilling.Contracts.Common;
using OrleansBilling.Contracts.Tenants;

namespace OrleansBilling.Grains.Tests.Tenants;

public sealed class TenantDirectoryTests
{
    private static readonly TenantSpec Spec = new("acme", null, null, TimeSpan.FromHours(1), TimeSpan.FromDays(35));

    /// <summary>A gateway repeats a call when a partition was away in the middle of it; the tenant exists by then.</summary>
    [Fact]
    public async Task A_repeat_with_the_key_that_was_stored_says_created_so_that_the_caller_is_told_the_key()
    {
        await using var cluster = await BillingCluster.StartAsync();
        var directory = cluster.Grains.GetGrain<ITenantDirectoryGrain>(0);
        Assert.Equal(CommandOutcome.Created, (await directory.Create(Spec, Key("first"))).Outcome);

        Assert.Equal(CommandOutcome.Created, (await directory.Create(Spec, Key("first"))).Outcome);
        Assert.Equal(CommandOutcome.Unchanged, (await directory.Create(Spec, Key("second"))).Outcome);
        Assert.Null(await directory.FindKey("second"));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(long.MaxValue)]
    public async Task Revoked_and_rotated_keys_are_what_they_were_after_a_restart(long snapshotAtStop)
    {
        await using var cluster = await BillingCluster.StartAsync(snapshotAtStop: snapshotAtStop);
        var start = Instant.FromUnixTimeTicks(0);
        var directory = cluster.Grains.GetGrain<ITenantDirectoryGrain>(0);
        await directory.Create(Spec, Key("first"));
        var lasting = Key("one-of-a-month") with { Scopes = KeyScopes.Read, ExpiresAt = start + Duration.FromDays(30) };
        Assert.Equal(CommandOutcome.Created, (await directory.AddKey(lasting)).Outcome);

        var later = start + Duration.FromDays(10);
        var next = Key("its-successor") with { CreatedAt = later };
        var rotated = (await directory.RotateKey("acme", lasting.Id(), next, later + Duration.FromHours(1), byOperator: false)).Value!;
        Assert.Equal((KeyScopes.Read, later + Duration.FromDays(30)), (rotated.Scopes, rotated.ExpiresAt));
        Assert.Equal(CommandOutcome.Updated, (await directory.RevokeKey("acme", Key("first").Id(), later, byOperator: false)).Outcome);
        var before = await directory.ListKeys("acme");

        await cluster.RestartAsync(snapshotAtStop);
        var after = await cluster.Grains.GetGrain<ITenantDirectoryGrain>(0).ListKeys("acme");
        Assert.Equal(before, after);
        Assert.Equal(
            [("first", false), ("one-of-a-month", true), ("its-successor", true)],
            after.Select(key => (key.Sha256, key.IsUsable(later))));
        Assert.False(after[1].IsUsable(later + Duration.FromHours(1)));
    }

    private static ApiKeyRecord Key(string hash) => new(hash, "ob_test", Spec.Id, false, Instant.FromUnixTimeTicks(0));
}
