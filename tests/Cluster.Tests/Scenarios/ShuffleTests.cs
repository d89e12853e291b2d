using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using OrleansBilling.Cluster.Tests.Support;
using Xunit;
using Xunit.Abstractions;

namespace OrleansBilling.Cluster.Tests.Scenarios;

/// <summary>
/// A bill does not depend on the order of its events, on how they are batched, or on how often they are sent.
/// </summary>
[Collection(SiloCollection.Name)]
public sealed class ShuffleTests(SiloFixture fixture, ITestOutputHelper output)
{
    private const int Rounds = 24;

    private const string Plan = """
        {"id":"p","name":"Plan","currency":"EUR","cycle":{"unit":"month","count":1},"rounding":"halfAwayFromZero","charges":[
        {"id":"graduated","name":"G","kind":"usage","meter":"energy","unit":"kWh","model":"graduated",
         "tiers":[{"upTo":"40","unitPrice":"0.1234"},{"upTo":"90","unitPrice":"0.2345","flatFee":"1.50"},{"upTo":null,"unitPrice":"0.0456"}]},
        {"id":"volume","name":"V","kind":"usage","meter":"energy","unit":"MWh","model":"volume",
         "tiers":[{"upTo":"0.05","unitPrice":"55.5"},{"upTo":null,"unitPrice":"44.4"}]},
        {"id":"package","name":"P","kind":"usage","meter":"energy","unit":"kWh","model":"package","packageSize":"7","packagePrice":"0.99","freeUnits":"10"},
        {"id":"sessions","name":"S","kind":"usage","meter":"session","unit":"h","where":{"class":["a","b"]},
         "perEvent":{"free":"600","roundUpTo":"900"},"model":"perUnit","unitPrice":"2.00"},
        {"id":"count","name":"C","kind":"usage","meter":"session","unit":"session","of":"events","model":"perUnit","unitPrice":"0.07"},
        {"id":"tou","name":"T","kind":"usage","meter":"energy","unit":"kWh","timeOfUse":{"windows":[
          {"name":"day","weekdays":["mon","tue","wed","thu","fri"],"from":"07:00","to":"19:00","model":"perUnit","unitPrice":"0.30"}],
          "otherwise":{"name":"rest","model":"perUnit","unitPrice":"0.11"}}},
        {"id":"register","name":"R","kind":"usage","meter":"water","unit":"m3","model":"perUnit","unitPrice":"1.87"}]}
        """;

    [Fact]
    public async Task Shuffled_rebatched_and_repeated_events_give_the_same_bill()
    {
        var events = Events(new Random(20_240_301));
        var expected = await BillAsync(events, 0, new Random(0), shuffle: false);
        for (var seed = 1; seed <= Rounds; seed++)
        {
            var actual = await BillAsync(events, seed, new Random(seed), shuffle: true);
            Assert.True(expected == actual, $"Seed {seed}:\n{expected}\nis not\n{actual}");
        }

        output.WriteLine($"{Rounds} rounds of {events.Count} events: {expected}");
    }

    private async Task<string> BillAsync(List<JsonObject> events, int seed, Random random, bool shuffle)
    {
        using var tenant = await TestTenant.CreateAsync(fixture.Silo, $"shuffle-{seed}", "2024-03-01T00:00:00Z",
            grace: "P2D");
        await tenant.MeterAsync("energy", "kWh");
        await tenant.MeterAsync("session", "s");
        await tenant.PostAsync("v1/meters", new { id = "water", name = "water", unit = "L", cumulative = new { } });
        await tenant.PlanAsync(Plan);
        await tenant.CustomerAsync("c", "EUR", "p", "2024-03-01T00:00:00Z", "Europe/Paris");
        for (var device = 0; device < 5; device++)
        {
            await tenant.DeviceAsync($"d{device}", "c");
        }

        await tenant.AdvanceAsync("2024-04-01T00:00:00Z");
        var accepted = 0;
        foreach (var batch in Batches(events, random, shuffle))
        {
            var answer = await tenant.Client.PostAsync(
                "v1/events", new JsonObject { ["events"] = new JsonArray([.. batch.Select(e => e.DeepClone())]) },
                    default);
            foreach (var result in answer.GetProperty("results").EnumerateArray())
            {
                var status = result.GetProperty("status").GetString();
                Assert.True(status is "accepted" or "duplicate", $"Seed {seed}: {result}");
                accepted += status == "accepted" ? 1 : 0;
            }
        }

        Assert.Equal(events.Count, accepted);
        var running = Amounts((await tenant.BillAsync("c")).GetProperty("lines"));
        await tenant.AdvanceAsync("2024-04-04T00:00:00Z");
        var invoice = Assert.Single(await tenant.InvoicesAsync("c"));
        var final = Amounts(invoice.GetProperty("lines"));
        Assert.Equal(running, final);
        Assert.True((await tenant.AuditAsync()).GetProperty("agrees").GetBoolean());
        return final;
    }

    private static IEnumerable<IReadOnlyList<JsonObject>> Batches(List<JsonObject> events, Random random, bool shuffle)
    {
        if (!shuffle)
        {
            yield return events;
            yield break;
        }

        var all = events.Concat(events).ToArray();
        random.Shuffle(all);
        for (var at = 0; at < all.Length;)
        {
            var size = Math.Min(all.Length - at, random.Next(4) == 0 ? random.Next(1, 4) : random.Next(1, 400));
            yield return all[at..(at + size)];
            at += size;
        }
    }

    private static List<JsonObject> Events(Random random)
    {
        var events = new List<JsonObject>();
        var registers = new decimal[5];
        for (var n = 0; n < 600; n++)
        {
            var device = random.Next(5);
            var time = new DateTimeOffset(2024, 3, 1, 0, 0, 0, TimeSpan.Zero).AddSeconds(n * 4_400);
            var (meter, value) = random.Next(3) switch
            {
                0 => ("energy", random.Next(1, 900) / 1000m),
                1 => ("session", random.Next(0, 9_000)),
                _ => ("water", registers[device] += random.Next(0, 5_000) / 10m),
            };
            var usage = new JsonObject
            {
                ["id"] = $"e{n}",
                ["device"] = $"d{device}",
                ["meter"] = meter,
                ["time"] = time.ToString("O", CultureInfo.InvariantCulture),
                ["value"] = value.ToString(CultureInfo.InvariantCulture),
            };
            if (meter == "session")
            {
                usage["dimensions"] = new JsonObject { ["class"] = "abc"[random.Next(3)].ToString() };
            }

            events.Add(usage);
        }

        return events;
    }

    private static string Amounts(JsonElement lines) => string.Join("; ", lines.EnumerateArray()
        .Select(line => $"{line.GetProperty("chargeId")} {line.GetProperty("quantity")} {line.GetProperty("events")} {line.GetProperty("amount")}")
        .Order(StringComparer.Ordinal));
}
