using OrleansBilling.Contracts.Common;
using OrleansBilling.Contracts.Corrections;
using OrleansBilling.Contracts.Usage;
using OrleansBilling.Core.Invoicing;
using static OrleansBilling.Grains.Tests.BillingCluster;
using static OrleansBilling.Grains.Tests.Corrections.CorrectionScenario;

namespace OrleansBilling.Grains.Tests.Corrections;

/// <summary>
/// Tenant <c>t</c> sends wrong usage and corrects it; <c>u</c> sends what is right. Their bills must be the same.
/// </summary>
public sealed class CorrectionTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task In_an_open_period_the_bill_is_that_of_usage_that_was_always_so(int seed)
    {
        await using var cluster = await StartAsync();
        await PrepareAsync(cluster, "t", "u");
        var (sent, right, corrections) = Wrong(new(seed));
        await cluster.SendAsync("t", sent);
        await cluster.SendAsync("u", right);
        await CorrectedIsAsAlwaysSoAsync(cluster, sent, corrections, "2026-02-02T00:00:00Z");
        Assert.Equal(Text((await InvoicesAsync(cluster, "u")).Single()), Text((await InvoicesAsync(cluster, "t")).Single()));
        await AgreesAsync(cluster, "t", "u");
    }

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    public async Task In_a_closed_period_the_difference_of_the_whole_period_is_on_the_next_invoice(int seed)
    {
        await using var cluster = await StartAsync();
        await PrepareAsync(cluster, "t", "u");
        var (sent, right, corrections) = Wrong(new(seed));
        await cluster.SendAsync("t", sent);
        await cluster.SendAsync("u", right);
        await cluster.AdvanceAsync("t", "2026-02-02T00:00:00Z");
        var first = await InvoicesAsync(cluster, "t");
        // Half of the mistakes are found in February, the others in March; late usage and restarts come in between.
        var half = corrections.Length / 2;
        Assert.All(await CorrectAsync(cluster, "t", corrections[..half]), o => Done(o));
        UsageEvent[] late = [.. Usage(new(99), 16).Where(e => e.Meter != "register").Select(e => e with { Id = $"late-{e.Id}" })];
        await cluster.SendAsync("t", late[..6]);
        await cluster.RestartAsync();
        await cluster.SendAsync("t", late[6..]);
        await cluster.SendAsync("u", late);
        await AgreesAsync(cluster, "t");
        await cluster.AdvanceAsync("t", "2026-03-02T00:00:00Z");
        Assert.All(await CorrectAsync(cluster, "t", corrections[half..]), o => Done(o));
        await cluster.RestartAsync(snapshotAtStop: long.MaxValue);
        await AgreesAsync(cluster, "t");
        await cluster.AdvanceAsync("t", "2026-04-02T00:00:00Z");
        await cluster.AdvanceAsync("u", "2026-02-02T00:00:00Z");

        var invoices = await InvoicesAsync(cluster, "t");
        Assert.Equal(3, invoices.Length);
        Assert.Equal(Text(first[0]), Text(invoices[0]));
        Assert.All(invoices[1].Concat(invoices[2]), line =>
        {
            Assert.Equal((LateUsage.CorrectionKind, At("2026-01-01T00:00:00Z")), (line.Kind, line.PeriodStart));
        });
        var expected = (await InvoicesAsync(cluster, "u")).Single().ToDictionary(l => l.ChargeId, l => (l.Quantity, l.Amount.ToDecimal()));
        Assert.Equal(expected, invoices.SelectMany(i => i).GroupBy(l => l.ChargeId)
            .ToDictionary(g => g.Key, g => (g.Sum(l => l.Quantity), g.Sum(l => l.Amount.ToDecimal()))));
        await AgreesAsync(cluster, "t", "u");
    }

    [Fact]
    public async Task To_void_everything_leaves_nothing_to_bill()
    {
        await using var cluster = await StartAsync();
        await PrepareAsync(cluster, "t", "u");
        UsageEvent[] sent = [.. Usage(new(7), 64)];
        await cluster.SendAsync("t", sent);
        // From the last reading of a register back to its first: each of these is consistent, too.
        Assert.All(await CorrectAsync(cluster, "t", [.. sent.Reverse().Select(e => new CorrectionItem(Void(e)))]), o => Done(o));
        Assert.Equal(Text((await cluster.BillAsync("u", "c")).Lines), Text((await cluster.BillAsync("t", "c")).Lines));
        Assert.Empty((await cluster.BillAsync("t", "c")).Lines);
        Assert.Empty((await cluster.Device("t", "d1").Usage(null, null))!.Rows);
        await AgreesAsync(cluster, "t");
    }

    [Fact]
    public async Task An_event_can_be_amended_again_and_is_what_was_said_last_in_any_order_of_the_others()
    {
        await using var cluster = await StartAsync();
        await PrepareAsync(cluster, "t", "u");
        var random = new Random(11);
        UsageEvent[] sent = [.. Usage(random, 40).Where(e => e.Meter != "register")];
        UsageEvent[] last = [.. sent.Select(e => Any(random, e.Id, e.Device, e.Meter))];
        foreach (var tenant in new[] { "t", "u" })
        {
            await cluster.SendAsync(tenant, sent);
            var order = Enumerable.Range(0, sent.Length).ToArray();
            random.Shuffle(order);
            foreach (var i in order)
            {
                if (tenant == "t")
                {
                    Done(await CorrectAsync(cluster, tenant, Amend(sent[i], Any(random, sent[i].Id, sent[i].Device, sent[i].Meter), $"first-{i}")));
                }
                Done(await CorrectAsync(cluster, tenant, Amend(sent[i], last[i])));
            }
        }
        Assert.Equal(Text((await cluster.BillAsync("u", "c")).Lines), Text((await cluster.BillAsync("t", "c")).Lines));
        await AgreesAsync(cluster, "t", "u");
    }

    /// <summary>The archive is read after the watch has begun: usage is sent in between, and is in the archive, too, when that is read.</summary>
    [Fact]
    public async Task Usage_that_comes_in_while_the_archive_is_read_for_corrections_counts_once()
    {
        await using var cluster = await StartAsync();
        await PrepareAsync(cluster, "t", "u");
        var (sent, right, corrections) = Wrong(new(21));
        var more = new Queue<UsageEvent[]>(Usage(new(22), 80).Where(e => e.Meter != "register").Select(e => e with { Id = $"more-{e.Id}" }).Chunk(7));
        // The greatest of all, and then the second one: what is left has to know it.
        UsageEvent[] peaks = [.. new[] { 90m, 80m }.Select((v, i) => Event($"peak-{i}", "d0", "max", "2026-01-05T00:00:00Z", v))];
        more.Enqueue([peaks[1]]);
        await cluster.SendAsync("u", [.. right, .. more.SelectMany(m => m)]);
        await cluster.SendAsync("t", [.. sent, peaks[0]]);
        cluster.BeforeReadByTime = async () => await cluster.SendAsync("t", more.TryDequeue(out var some) ? some : []);
        while (more.Count > 0)
        {
            var (times, id) = (more.Count, $"try-{more.Count}");
            Done(await CorrectAsync(cluster, "t", Amend(peaks[0], peaks[0] with { Value = 90m + times }, id)));
            Assert.NotEqual(times, more.Count);
        }
        cluster.BeforeReadByTime = null;
        Assert.All(await CorrectAsync(cluster, "t", [new(Void(peaks[0])), .. corrections]), o => Done(o));
        Assert.Equal(Text((await cluster.BillAsync("u", "c")).Lines), Text((await cluster.BillAsync("t", "c")).Lines));
        await AgreesAsync(cluster, "t");
    }

    [Fact]
    public async Task A_correction_that_cannot_be_says_why_and_changes_nothing()
    {
        await using var cluster = await StartAsync();
        await PrepareAsync(cluster, "t");
        await cluster.RegisterAsync("t", "loose", null);
        var e = Event("e", "d0", "data", "2026-01-05T00:00:00Z", 5m, ("zone", "eu"));
        UsageEvent[] readings = [.. new[] { 10m, 20m, 30m }.Select((v, i) => Event($"r{i}", "d0", "register", $"2026-01-0{i + 1}T00:00:00Z", v))];
        await cluster.SendAsync("t", [e, .. readings]);
        var bill = Text((await cluster.BillAsync("t", "c")).Lines);
        var amend = new UsageCorrection("x", "d0", "e", CorrectionActions.Amend, "why", 6m);
        foreach (var (asked, code) in new (UsageCorrection, string)[]
        {
            (amend with { Device = "nobody" }, "device.unknown"), (amend with { Event = "nothing" }, "usage.unknown"),
            (amend with { Reason = " " }, "correction.reason_required"), (amend with { Id = "" }, "correction.id_invalid"),
            (amend with { Action = "undo" }, "correction.action_unknown"), (amend with { Value = null }, "correction.nothing_to_amend"),
            (amend with { Value = null, Unit = "GB" }, "correction.unit_without_value"), (amend with { Value = 5.0m }, "correction.no_change"),
            (amend with { Value = -1m }, "usage.negative_quantity"), (amend with { Unit = "kWh" }, "usage.unit_mismatch"),
            (amend with { Time = At("2026-02-01T00:00:00Z") }, "usage.future"),
            (amend with { Time = At("2025-12-31T00:00:00Z") }, "usage.unassigned"),
            (amend with { Action = CorrectionActions.Void }, "correction.void_with_changes"),
            (Amend(readings[1], readings[1] with { Value = 35m }), "register.backwards"),
        })
        {
            Assert.Equal(code, (await CorrectAsync(cluster, "t", asked)).Error?.Code);
        }
        Assert.Equal(bill, Text((await cluster.BillAsync("t", "c")).Lines));

        Done(await CorrectAsync(cluster, "t", amend with { Value = 0.006m, Unit = "GB" }));
        Assert.Equal("correction.conflict", (await CorrectAsync(cluster, "t", amend with { Value = 7m })).Error?.Code);
        Done(await CorrectAsync(cluster, "t", Void(e)));
        Assert.Equal("correction.voided", (await CorrectAsync(cluster, "t", Void(e, "again"))).Error?.Code);
        Assert.Equal(UsageStatus.Conflict, (await cluster.SendAsync("t", e with { Value = 6m })).Status);
        await AgreesAsync(cluster, "t");
    }

    [Fact]
    public async Task Two_events_with_one_reading_are_voided_one_after_the_other()
    {
        await using var cluster = await StartAsync();
        await PrepareAsync(cluster, "t", "u");
        var readings = new[] { 10m, 40m, 40m, 90m }.Select((v, i) => Event($"r{i}", "d0", "register", $"2026-01-0{Math.Max(i, 2)}T00:00:00Z", v)).ToArray();
        readings[0] = readings[0] with { UnixTicks = At("2026-01-01T00:00:00Z").ToUnixTimeTicks() };
        await cluster.SendAsync("t", readings);
        await cluster.SendAsync("u", [readings[0], readings[2], readings[3]]);
        Done(await CorrectAsync(cluster, "t", Void(readings[1])));
        Assert.Equal(Text((await cluster.BillAsync("u", "c")).Lines), Text((await cluster.BillAsync("t", "c")).Lines));
        Done(await CorrectAsync(cluster, "t", Void(readings[2])));
        Assert.Equal(100m, (await cluster.BillAsync("t", "c")).Lines.Single().Quantity);
        await AgreesAsync(cluster, "t", "u");
    }

    /// <summary>What is sent, what would have been right, and what makes the one the other.</summary>
    private static (UsageEvent[] Sent, UsageEvent[] Right, CorrectionItem[] Corrections) Wrong(Random random)
    {
        UsageEvent[] sent = [.. Usage(random, 96)];
        var right = new List<UsageEvent>();
        var corrections = new List<CorrectionItem>();
        foreach (var e in sent)
        {
            switch (random.Next(3))
            {
                case 0:
                    corrections.Add(new(Void(e), null, random.Next(2) == 0 ? NodaTime.Instant.FromUnixTimeTicks(e.UnixTicks) : null));
                    break;
                case 1:
                    var changed = e.Meter == "register" ? e with { Value = e.Value + 1.25m } : Any(random, e.Id, e.Device, e.Meter);
                    corrections.Add(new(Amend(e, changed)));
                    right.Add(changed);
                    break;
                default:
                    right.Add(e);
                    break;
            }
        }
        return (sent, [.. right], [.. corrections]);
    }
}
