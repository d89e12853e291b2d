using System.Globalization;
using System.Text;
using OrleansBilling.Cluster.Tests.Support;
using OrleansBilling.Silo.Commands.Api;
using OrleansBilling.Silo.Commands.Import;
using OrleansBilling.Silo.Commands.Import.Maps;
using Xunit;
using Xunit.Abstractions;

namespace OrleansBilling.Cluster.Tests.Scenarios;

/// <summary>
/// Kills the real server with SIGKILL in the middle of an import, at random moments, starts it again and imports the
/// same file again from its first row. The bill must be that of an undisturbed run, whatever was on its way.
/// </summary>
public sealed class KillTests(ITestOutputHelper output)
{
    private const int Kills = 22;
    private const int Rows = 24_000;
    private const int Customers = 6;

    private const string Plan = """
        {"id":"p","name":"Plan","currency":"EUR","cycle":{"unit":"month","count":1},"rounding":"halfAwayFromZero","charges":[
        {"id":"use","name":"Use","kind":"usage","meter":"energy","unit":"kWh","model":"graduated",
         "tiers":[{"upTo":"100","unitPrice":"0.1037"},{"upTo":null,"unitPrice":"0.2519"}]},
        {"id":"readings","name":"Readings","kind":"usage","meter":"energy","unit":"event","of":"events","model":"perUnit","unitPrice":"0.0001"}]}
        """;

    private static readonly MapDefinition Map = MapReader.Parse("""
        {"emits":[{"meter":"energy","device":"{dev}","id":"{t}","time":{"column":"t","formats":["unix"]},"value":"kwh"}]}
        """);

    [Fact]
    public async Task Killed_at_any_moment_the_bill_stays_the_same_to_the_cent()
    {
        using var temp = new TempDirectory();
        var file = temp.Write("usage.csv", File(out var expected));
        var random = new Random(4711);
        await using var silo = await SiloProcess.StartNewAsync();
        using var calm = await RegisterAsync(silo, "calm");
        var undisturbed = await ImportAsync(calm.Client, file, TimeSpan.FromSeconds(30));
        Assert.Equal(Rows, undisturbed.Of("accepted"));
        var bill = await BillsAsync(calm);
        Assert.Equal(expected, bill.Sum(line => line.Total));

        using var shaken = await RegisterAsync(silo, "shaken");
        var killed = 0;
        var repeated = 0L;
        for (var round = 0; killed < Kills && round < 4 * Kills; round++)
        {
            // Later rounds meet mostly duplicates, so a kill soon after the start hits new rows and repeats alike.
            var import = ImportAsync(shaken.Client, file, TimeSpan.Zero);
            var moment = Task.Delay(random.Next(5, 450));
            if (await Task.WhenAny(import, moment) == moment)
            {
                killed++;
            }

            await silo.KillAsync();
            try
            {
                repeated += (await import).Of("duplicate");
            }
            catch (ApiException)
            {
                // The import lost its server, as it should.
            }

            await silo.StartAsync();
        }

        var last = await ImportAsync(shaken.Client, file, TimeSpan.FromSeconds(30));
        output.WriteLine($"{killed} kills in mid-import; last run {last.Of("accepted")} accepted, {last.Of("duplicate")} duplicates");
        Assert.True(killed >= 20, $"Only {killed} kills came in mid-import.");
        Assert.Equal(Rows, last.Of("accepted") + last.Of("duplicate"));
        Assert.True(last.Of("duplicate") + repeated > 0);
        Assert.Equal(bill, await BillsAsync(shaken));
        var again = await ImportAsync(shaken.Client, file, TimeSpan.FromSeconds(30));
        Assert.Equal(Rows, again.Of("duplicate"));
        await CloseAndCompareAsync(calm, shaken);
    }

    private static async Task CloseAndCompareAsync(TestTenant calm, TestTenant shaken)
    {
        foreach (var tenant in new[] { calm, shaken })
        {
            await tenant.AdvanceAsync("2024-03-01T00:00:00Z");
            Assert.True((await tenant.AuditAsync()).GetProperty("agrees").GetBoolean());
        }

        for (var customer = 0; customer < Customers; customer++)
        {
            var totals = new List<string>();
            foreach (var tenant in new[] { calm, shaken })
            {
                var invoices = await tenant.InvoicesAsync($"c{customer}");
                totals.Add(string.Join(' ', invoices.Select(invoice => invoice.GetProperty("total").GetString())));
            }

            Assert.Equal(totals[0], totals[1]);
        }
    }

    private static async Task<TestTenant> RegisterAsync(SiloProcess silo, string id)
    {
        var tenant = await TestTenant.CreateAsync(silo, id, "2024-02-01T00:00:00Z");
        await tenant.MeterAsync("energy", "kWh");
        await tenant.PlanAsync(Plan);
        for (var customer = 0; customer < Customers; customer++)
        {
            await tenant.CustomerAsync($"c{customer}", "EUR", "p", "2024-01-01T00:00:00Z");
            await tenant.DeviceAsync($"d{customer}a", $"c{customer}");
            await tenant.DeviceAsync($"d{customer}b", $"c{customer}");
        }

        return tenant;
    }

    /// <summary>A month of readings; and what they come to, by plain arithmetic.</summary>
    private static string File(out decimal expected)
    {
        var text = new StringBuilder("dev,t,kwh\n");
        var totals = new decimal[Customers];
        var start = new DateTimeOffset(2024, 1, 10, 0, 0, 0, TimeSpan.Zero).ToUnixTimeSeconds();
        for (var row = 0; row < Rows; row++)
        {
            var customer = row % Customers;
            var milli = ((row * 7_919) % 997) + 1;
            totals[customer] += milli / 1000m;
            text.Append(CultureInfo.InvariantCulture,
                $"d{customer}{(row / Customers % 2 == 0 ? 'a' : 'b')},{start + (row * 60)},{milli / 1000m}\n");
        }

        expected = totals.Sum(kwh =>
            Oracle.OracleBill.Cents((Math.Min(kwh, 100m) * 0.1037m) + (Math.Max(0m, kwh - 100m) * 0.2519m))
            + Oracle.OracleBill.Cents(Rows / Customers * 0.0001m));
        return text.ToString();
    }

    private static async Task<ImportCounters> ImportAsync(BillingClient tenant, string file, TimeSpan retryFor)
    {
        using var client = new BillingClient(tenant.Url, tenant.Key, TimeProvider.System, retryFor);
        var options = new ImportOptions { Files = [file], Map = Map, Batch = 200, Parallel = 4 };
        var import = new ImportRunner(client, options, TimeProvider.System);
        await import.RunAsync(default);
        Assert.True(import.Counters.Closes);
        return import.Counters;
    }

    private static async Task<List<(string Customer, decimal Total)>> BillsAsync(TestTenant tenant)
    {
        var bills = new List<(string, decimal)>();
        for (var customer = 0; customer < Customers; customer++)
        {
            bills.Add(($"c{customer}", BillComparison.Number(await tenant.BillAsync($"c{customer}"), "total")));
        }

        return bills;
    }
}
