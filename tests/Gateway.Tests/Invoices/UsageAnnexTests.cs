using System.Globalization;
using System.Text;
using OrleansBilling.Gateway.Tests.Host;
using Xunit;

namespace OrleansBilling.Gateway.Tests.Invoices;

/// <summary>Usage by device of an invoice.</summary>
[Collection(HostCollection.Name)]
public sealed class UsageAnnexTests(HostFixture host)
{
    private const string Header = "line,device,device_name,tags,charge,meter,period_start,period_end,quantity,unit,events,amount,currency";

    [Fact]
    public async Task Rows_of_a_line_add_up_to_it_whatever_the_charge()
    {
        using var tenant = await host.NewTenantAsync(now: "2026-06-20T00:00:00Z");
        await tenant.CreateAsync("/v1/meters", """{ "id": "data", "unit": "MB" }""");
        await tenant.CreateAsync("/v1/meters", """{ "id": "peak", "unit": "kW", "aggregation": "max" }""");
        await tenant.CreateAsync("/v1/plans", """
            { "id": "p", "currency": "EUR", "charges": [
              { "id": "fee", "kind": "recurring", "amount": "9.99" },
              { "id": "linear", "meter": "data", "unit": "GB", "unitPrice": "0.333" },
              { "id": "tiers", "meter": "data", "model": "graduated", "tiers": [ { "upTo": "10", "unitPrice": "0.5" }, { "unitPrice": "0.25" } ] },
              { "id": "rounded", "meter": "data", "perDevice": { "roundTo": "10" }, "unitPrice": "0.01" },
              { "id": "peak", "meter": "peak", "unitPrice": "1" } ] }
            """);
        await tenant.CreateAsync("/v1/customers", """{ "id": "c", "name": "C", "currency": "EUR" }""");
        await tenant.CreateAsync("/v1/subscriptions", """{ "id": "s", "customer": "c", "plan": "p", "start": "2026-06-01T00:00:00Z" }""");
        await tenant.CreateAsync("/v1/devices", """{ "id": "=cmd", "name": "Pump, \"north\"", "subscription": "s" }""");
        await tenant.CreateAsync("/v1/devices", """{ "id": "d2", "subscription": "s" }""");
        foreach (var (id, device, meter, value) in new[]
        {
            ("1", "=cmd", "data", "3.5"), ("2", "=cmd", "data", "7.25"), ("3", "d2", "data", "1.5"), ("4", "d2", "peak", "4"), ("5", "=cmd", "peak", "6"),
        })
        {
            await tenant.ReportAsync(id, value, "2026-06-10T08:00:00Z", device, meter);
        }
        await InvoicedTenant.AdvanceAsync(tenant, "2026-07-02T00:00:00Z");
        await tenant.ReportAsync("late", "0.75", "2026-06-11T08:00:00Z", "d2", "data");
        var corrected = await tenant.CreateAsync("/v1/devices/%3Dcmd/usage/1/amend", """{ "id": "x", "reason": "y", "value": "2.5" }""");
        Assert.Equal(201, corrected.Status);
        await InvoicedTenant.AdvanceAsync(tenant, "2026-08-02T00:00:00Z");

        var rows = await RowsAsync(tenant, "INV-000001");
        Assert.Contains(["2", "'=cmd", "Pump, \"north\"", "", "linear", "data", "2026-06-01T00:00:00Z", "2026-07-01T00:00:00Z", "0.01075", "GB", "2", "0.00357975", "EUR"], rows);
        Assert.Contains(["2", "", "", "", "linear", "", "2026-06-01T00:00:00Z", "2026-07-01T00:00:00Z", "0", "GB", "0", "-0.00407925", "EUR"], rows);
        Assert.Contains(rows, r => r is ["1", "", .., "1", "", "0", "9.99", "EUR"]);
        // What each device had of the maximum, and that they are no sum.
        Assert.Equal(["6", "4", "-4"], rows.Where(r => r[4] == "peak").OrderBy(r => r[1] == "").ThenBy(r => r[1] != "'=cmd").Select(r => r[8]));
        await AddUpAsync(tenant, "INV-000001", rows);
        await AddUpAsync(tenant, "INV-000002", await RowsAsync(tenant, "INV-000002"));
    }

    [Fact]
    public async Task A_hundred_thousand_devices_are_one_file()
    {
        const int Devices = 100_000;
        using var tenant = await host.NewTenantAsync(now: "2026-06-20T00:00:00Z");
        await tenant.CreateAsync("/v1/meters", """{ "id": "data", "unit": "MB" }""");
        await tenant.CreateAsync("/v1/plans", """{ "id": "p", "currency": "EUR", "charges": [ { "id": "data", "meter": "data", "unitPrice": "0.001" } ] }""");
        await tenant.CreateAsync("/v1/customers", """{ "id": "c", "name": "C", "currency": "EUR" }""");
        await tenant.CreateAsync("/v1/subscriptions", """{ "id": "s", "customer": "c", "plan": "p", "start": "2026-06-01T00:00:00Z" }""");
        foreach (var some in Enumerable.Range(0, Devices).Chunk(1_000))
        {
            var devices = string.Join(',', some.Select(d => $$"""{"id":"d{{d}}","subscription":"s"}"""));
            Assert.Equal(200, (await tenant.PostAsync("/v1/devices/batch", $$"""{"devices":[{{devices}}]}""")).Status);
        }
        foreach (var some in Enumerable.Range(0, Devices).Chunk(10_000))
        {
            var events = string.Join(',', some.Select(d => $$"""{"id":"e","device":"d{{d}}","meter":"data","time":"2026-06-10T08:00:00Z","value":{{1 + (d % 7)}}}"""));
            Assert.Equal(200, (await tenant.PostAsync("/v1/events", $$"""{"events":[{{events}}]}""")).Status);
        }
        await InvoicedTenant.AdvanceAsync(tenant, "2026-07-02T00:00:00Z");
        var rows = await RowsAsync(tenant, "INV-000001");
        Assert.Equal(Devices, rows.Where(r => r[1].Length > 0).Select(r => r[1]).Distinct(StringComparer.Ordinal).Count());
        await AddUpAsync(tenant, "INV-000001", rows);
    }

    private static async Task AddUpAsync(Caller tenant, string invoice, List<string[]> rows)
    {
        var lines = (await tenant.GetAsync($"/v1/invoices/{invoice}")).Json.GetProperty("lines").EnumerateArray().ToList();
        Assert.Equal(lines.Count, rows.Select(r => r[0]).Distinct().Count());
        foreach (var line in lines)
        {
            var own = rows.Where(r => r[0] == line.GetProperty("number").GetRawText()).ToList();
            Assert.Equal(Exact(line.GetProperty("quantity").GetString()!), own.Sum(r => Exact(r[8])));
            Assert.Equal(Exact(line.GetProperty("amount").GetString()!), own.Sum(r => r[11].Length == 0 ? 0m : Exact(r[11])));
            Assert.Equal(line.GetProperty("events").GetInt64(), own.Sum(r => long.Parse(r[10], CultureInfo.InvariantCulture)));
        }
    }

    private static async Task<List<string[]>> RowsAsync(Caller tenant, string invoice)
    {
        var answer = await tenant.GetAsync($"/v1/invoices/{invoice}/usage.csv");
        Assert.True(answer.Status == 200, answer.Body);
        Assert.Equal("text/csv", answer.Type);
        var lines = answer.Body.Split("\r\n");
        Assert.Equal((Header, ""), (lines[0], lines[^1]));
        return [.. lines[1..^1].Select(Fields)];
    }

    private static string[] Fields(string line)
    {
        var (fields, field, quoted) = (new List<string>(), new StringBuilder(), false);
        for (var i = 0; i < line.Length; i++)
        {
            switch (line[i])
            {
                case '"' when quoted && i + 1 < line.Length && line[i + 1] == '"': field.Append(line[++i]); break;
                case '"': quoted = !quoted; break;
                case ',' when !quoted: fields.Add(field.ToString()); field.Clear(); break;
                default: field.Append(line[i]); break;
            }
        }
        return [.. fields, field.ToString()];
    }

    private static decimal Exact(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);
}
