using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using OrleansBilling.Cluster.Tests.Support;
using OrleansBilling.Silo.Commands.Api;
using Xunit;
using Xunit.Abstractions;

namespace OrleansBilling.Cluster.Tests.Scenarios;

/// <summary>
/// Kills the real server with SIGKILL again and again while the bills of a month are made. There must be no gap, no second invoice and
/// no document that changed, and the run goes on.
/// </summary>
public sealed class BillRunKillTests(ITestOutputHelper output)
{
    private const int Customers = 400;
    private const int Kills = 8;

    [Fact]
    public async Task Killed_at_any_moment_of_a_bill_run_every_customer_gets_one_invoice_and_the_chain_has_no_gap()
    {
        var random = new Random(2027);
        await using var silo = await SiloProcess.StartNewAsync();
        using var tenant = await RegisterAsync(silo);
        var seen = new Dictionary<string, string>(StringComparer.Ordinal);
        var killed = 0;
        while (killed < Kills)
        {
            // It gives up at once, so that the run goes on only when this test asks for it.
            using var impatient = new BillingClient(tenant.Client.Url, tenant.Client.Key, TimeProvider.System, TimeSpan.Zero);
            var run = impatient.PostAsync("v1/clock/advance", new JsonObject { ["to"] = "2027-02-02T00:00:00Z" }, default);
            // The last kills come when the run should be nearly done.
            if (!await ReachedAsync(impatient, run, Math.Min(seen.Count + random.Next(1, 2 * Customers / Kills), Customers - 1)))
            {
                await run;
                break;
            }
            killed++;
            await silo.KillAsync();
            await Assert.ThrowsAsync<ApiException>(() => run);
            await silo.StartAsync();
            await RememberAsync(tenant, seen);
        }
        output.WriteLine($"{killed} kills; after the last one {seen.Count} of {Customers} were there");
        Assert.True(killed >= 3, $"Only {killed} kills came while invoices were made.");
        await tenant.AdvanceAsync("2027-02-02T00:00:00Z");

        Assert.Equal(Customers, await RememberAsync(tenant, seen));
        var chain = await AllAsync(tenant, "v1/legal-entities/de/chain");
        Assert.Equal(
            Enumerable.Range(1, Customers).Select(n => $"INV-DE-{n:D6}"), chain.Select(entry => entry.GetProperty("number").GetString()));
        Assert.Equal(Customers, chain.Select(entry => entry.GetProperty("customer").GetString()).Distinct().Count());
        CheckLinks(chain, seen);
        var report = await tenant.Client.PostAsync("v1/legal-entities/de/verify", new JsonObject(), default);
        Assert.True(report.GetProperty("intact").GetBoolean(), report.GetRawText());
        Assert.True((await tenant.AuditAsync()).GetProperty("agrees").GetBoolean());
    }

    /// <summary>Waits until so many documents have numbers; false when the run is over first.</summary>
    private static async Task<bool> ReachedAsync(BillingClient client, Task run, int documents)
    {
        while (!run.IsCompleted)
        {
            var chain = await client.GetAsync($"v1/legal-entities/de/chain?limit={Customers}", default);
            if (chain.GetProperty("items").GetArrayLength() >= documents)
            {
                return true;
            }
        }
        return false;
    }

    /// <summary>The documents that are issued now; those seen before must be the same.</summary>
    private static async Task<int> RememberAsync(TestTenant tenant, Dictionary<string, string> seen)
    {
        var chain = await AllAsync(tenant, "v1/legal-entities/de/chain");
        using var http = new HttpClient { BaseAddress = tenant.Client.Url };
        http.DefaultRequestHeaders.Authorization = new("Bearer", tenant.Client.Key);
        var count = 0;
        foreach (var number in chain.Select(entry => entry.GetProperty("number").GetString()!))
        {
            if (await DocumentAsync(http, number) is { } document)
            {
                count++;
                Assert.Equal(seen.GetValueOrDefault(number, document), document);
                seen[number] = document;
            }
        }
        return count;
    }

    /// <summary>As anybody does who has only the chain and the documents.</summary>
    private static void CheckLinks(List<JsonElement> chain, Dictionary<string, string> documents)
    {
        var link = new byte[SHA256.HashSizeInBytes];
        foreach (var entry in chain)
        {
            var number = entry.GetProperty("number").GetString()!;
            var document = SHA256.HashData(Encoding.UTF8.GetBytes(documents[number]));
            Assert.Equal(entry.GetProperty("documentHash").GetString(), Convert.ToHexStringLower(document));
            link = SHA256.HashData([.. link, .. document, .. Encoding.UTF8.GetBytes(number)]);
            Assert.Equal(entry.GetProperty("hash").GetString(), Convert.ToHexStringLower(link));
        }
    }

    /// <summary>Null for one that has its number, while its customer has not heard of it.</summary>
    private static async Task<string?> DocumentAsync(HttpClient http, string number)
    {
        using var answer = await http.GetAsync($"v1/invoices/{number}/document");
        return answer.StatusCode == System.Net.HttpStatusCode.NotFound ? null : await answer.EnsureSuccessStatusCode().Content.ReadAsStringAsync();
    }

    private static async Task<List<JsonElement>> AllAsync(TestTenant tenant, string path)
    {
        var all = new List<JsonElement>();
        await foreach (var item in tenant.Client.ListAsync(path, default))
        {
            all.Add(item);
        }
        return all;
    }

    private static async Task<TestTenant> RegisterAsync(SiloProcess silo)
    {
        var tenant = await TestTenant.CreateAsync(silo, "billrun", "2027-01-20T00:00:00Z");
        await tenant.PutAsync("v1/legal-entities/de", new
        {
            name = "Seller GmbH", country = "DE", @default = true, timeZone = "Europe/Berlin",
        });
        await tenant.PlanAsync("""{"id":"p","currency":"EUR","charges":[{"id":"fee","kind":"recurring","amount":"9.50"}]}""");
        await Parallel.ForEachAsync(Enumerable.Range(0, Customers), new ParallelOptions { MaxDegreeOfParallelism = 32 }, async (c, _) =>
            await tenant.CustomerAsync($"c{c.ToString(CultureInfo.InvariantCulture)}", "EUR", "p", "2027-01-01T00:00:00Z"));
        return tenant;
    }
}
