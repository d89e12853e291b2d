using System.Text.Json;
using System.Text.Json.Nodes;
using OrleansBilling.Cluster.Tests.Support;
using OrleansBilling.Silo.Commands.Api;
using OrleansBilling.Tests.Support;
using Xunit;
using Xunit.Abstractions;

namespace OrleansBilling.Cluster.Tests.Scenarios;

/// <summary>
/// The real server is killed with SIGKILL while a re-rating, and then a migration, of many subscriptions is being applied. Whatever was on its
/// way, each subscription has it once in the end, and the bills are those of an undisturbed run.
/// </summary>
public sealed class OperatorCommandTests(ITestOutputHelper output)
{
    private const int Rounds = 6;
    private const int Subscriptions = 120;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task Killed_on_its_way_a_re_rating_and_a_migration_are_done_once()
    {
        var random = new Random(20260117);
        await using var silo = await SiloProcess.StartNewAsync();
        var (reRatings, migrations) = (0, 0);
        for (var round = 0; round < Rounds; round++)
        {
            using var tenant = await PrepareAsync(silo, $"t{round}");
            await tenant.PostAsync("v1/re-ratings", new
            {
                id = "jan", plan = "p", wrongVersion = 1, correctedVersion = 2, from = "2026-01-01T00:00:00Z", to = "2026-02-01T00:00:00Z",
            });
            reRatings += await KilledAsync(silo, tenant, "v1/re-ratings/jan", random.Next(1, 60)) ? 1 : 0;
            await tenant.PostAsync("v1/plans/p/migrations", new { id = "all", fromVersion = 1 });
            // How long a migration takes depends on the machine: every second kill waits until it is under way.
            migrations += await KilledAsync(
                silo, tenant, "v1/plans/p/migrations/all", round % 2 == 0 ? null : random.Next(20, 400)) ? 1 : 0;

            var migrated = await tenant.Client.GetAsync("v1/plans/p/migrations/all", default);
            Assert.Equal(Subscriptions, migrated.GetProperty("scheduled").GetInt32());
            await tenant.AdvanceAsync("2026-04-01T02:00:00Z");
            // January by the wrong fee; February by it, too, less what January was too much; March by the new version.
            Assert.Equal(
                [$"{Subscriptions * 10}.00", $"{(Subscriptions * 10) - (Subscriptions * 2)}.00", $"{Subscriptions * 8}.00"],
                (await tenant.InvoicesAsync("c")).Select(i => i.GetProperty("total").GetString()));
            Assert.True((await tenant.AuditAsync()).GetProperty("agrees").GetBoolean());
        }
        output.WriteLine($"of {Rounds} kills each, {reRatings} met a re-rating and {migrations} a migration that was decided and not done");
        Assert.True(migrations > 0, "No kill came in the middle of a migration.");
    }

    /// <summary>Applies it, kills the server meanwhile, starts it again, and applies it until it is done.</summary>
    /// <param name="afterMilliseconds">Null kills as soon as it is seen to be under way.</param>
    /// <returns>Whether the kill came between the decision and its answer.</returns>
    private static async Task<bool> KilledAsync(SiloProcess silo, TestTenant tenant, string address, int? afterMilliseconds)
    {
        using var impatient = new BillingClient(silo.Url, tenant.Client.Key, TimeProvider.System, TimeSpan.Zero);
        var apply = impatient.PostAsync($"{address}/apply", new JsonObject(), default);
        if (afterMilliseconds is { } milliseconds)
        {
            await Task.WhenAny(apply, Task.Delay(milliseconds));
        }
        var isUnderWay = false;
        while (afterMilliseconds is null && !isUnderWay && !apply.IsCompleted)
        {
            isUnderWay = Status(await tenant.Client.GetAsync(address, default)) == "applying";
        }
        await silo.KillAsync();
        try
        {
            await apply;
            isUnderWay = false;
        }
        catch (ApiException)
        {
            // It lost its server, as it should.
        }
        await silo.StartAsync();
        // The server goes on by itself as soon as it is there, so that it may be done already.
        var wasDecided = isUnderWay || Status(await tenant.Client.GetAsync(address, default)) == "applying";
        await Wait.UntilAsync(
            async () => Status(await tenant.PostAsync($"{address}/apply", new { })) == "applied", $"{address} is applied", Patience);
        return wasDecided;
    }

    private static string? Status(JsonElement answer) => answer.GetProperty("status").GetString();

    private static async Task<TestTenant> PrepareAsync(SiloProcess silo, string id)
    {
        var tenant = await TestTenant.CreateAsync(silo, id, "2026-02-10T00:00:00Z");
        await tenant.PlanAsync("""{"id":"p","currency":"EUR","charges":[{"id":"fee","kind":"recurring","amount":"10"}]}""");
        await tenant.PostAsync("v1/customers", new { id = "c", name = "c", currency = "EUR" });
        foreach (var chunk in Enumerable.Range(0, Subscriptions).Chunk(16))
        {
            await Task.WhenAll(chunk.Select(i => tenant.PostAsync(
                "v1/subscriptions", new { id = $"s{i}", customer = "c", plan = "p", start = "2026-01-01T00:00:00Z" })));
        }
        // January is closed and invoiced.
        await tenant.AdvanceAsync("2026-02-10T01:00:00Z");
        await tenant.PlanAsync("""{"id":"p","currency":"EUR","charges":[{"id":"fee","kind":"recurring","amount":"8"}]}""");
        return tenant;
    }
}
