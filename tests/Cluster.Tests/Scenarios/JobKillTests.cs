using System.Diagnostics;
using System.Text.Json;
using OrleansBilling.Cluster.Tests.Support;
using OrleansBilling.Silo.Commands.Api;
using Xunit;
using Xunit.Abstractions;

namespace OrleansBilling.Cluster.Tests.Scenarios;

/// <summary>
/// Kills the real server with SIGKILL again and again amid a bulk job. It goes on by itself, every item has one
/// result, and what was cut off is told as it was done.
/// </summary>
public sealed class JobKillTests(ITestOutputHelper output)
{
    private const int Items = 20_000;
    private const int Kills = 2;

    [Fact]
    public async Task Killed_at_any_moment_a_job_ends_with_one_true_result_for_each_item()
    {
        var random = new Random(2028);
        await using var silo = await SiloProcess.StartNewAsync();
        using var tenant = await TestTenant.CreateAsync(silo, "jobs", "2027-01-20T00:00:00Z");
        await tenant.PlanAsync("""{"id":"p","currency":"EUR","charges":[{"id":"fee","kind":"recurring","amount":"9.50"}]}""");
        await tenant.CustomerAsync("c", "EUR", "p", "2027-01-01T00:00:00Z");
        await tenant.PostAsync("v1/jobs", new
        {
            id = "big", kind = "devices",
            items = Enumerable.Range(1, Items).Select(i => new { id = $"d-{i}", subscription = i % 100 == 0 ? "none" : "c" }),
        });
        var killed = 0;
        while (killed < Kills && await ReachedAsync(tenant, random.Next(1, Items / 6)))
        {
            await silo.KillAsync();
            killed++;
            await silo.StartAsync();
        }
        output.WriteLine($"{killed} kills amid the job");
        Assert.True(killed > 0, "No kill came amid the job.");
        await EndAsync(tenant);

        var results = new List<JsonElement>();
        await foreach (var result in tenant.Client.ListAsync("v1/jobs/big/results", default))
        {
            results.Add(result);
        }
        Assert.Equal(Enumerable.Range(1, Items), results.Select(r => r.GetProperty("item").GetInt32()));
        // 'unchanged' would say that somebody else had registered the device.
        Assert.All(results, r => Assert.Equal(
            r.GetProperty("item").GetInt32() % 100 == 0 ? "refused" : "registered", r.GetProperty("status").GetString()));
        var last = await tenant.Client.GetAsync($"v1/devices/d-{Items - 1}", default);
        Assert.Equal("c", Assert.Single(last.GetProperty("assignments").EnumerateArray()).GetProperty("subscription").GetString());
    }

    /// <summary>Waits until so many more items are done; false when the job is over first.</summary>
    private static async Task<bool> ReachedAsync(TestTenant tenant, int more)
    {
        var first = -1;
        while (true)
        {
            var job = await tenant.Client.GetAsync("v1/jobs/big", default);
            var done = job.GetProperty("done").GetInt32();
            first = first < 0 ? done : first;
            if (job.GetProperty("status").GetString() != "running")
            {
                return false;
            }
            if (done >= first + Math.Min(more, (Items - first) / 2))
            {
                return true;
            }
        }
    }

    private static async Task EndAsync(TestTenant tenant)
    {
        var began = Stopwatch.GetTimestamp();
        while ((await tenant.Client.GetAsync("v1/jobs/big", default)).GetProperty("status").GetString() != "finished")
        {
            Assert.True(Stopwatch.GetElapsedTime(began) < TimeSpan.FromSeconds(60), "the job does not go on");
            await Task.Delay(50);
        }
    }
}
