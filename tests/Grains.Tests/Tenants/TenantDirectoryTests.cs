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

    private static ApiKeyRecord Key(string hash) => new(hash, "ob_test", Spec.Id, false, Instant.FromUnixTimeTicks(0));
}
