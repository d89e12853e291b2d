using OrleansBilling.Contracts.Common;
using OrleansBilling.Contracts.Devices;
using OrleansBilling.Contracts.Partitions;
using OrleansBilling.Contracts.Usage;
using OrleansBilling.Core.Devices;
using static OrleansBilling.Grains.Tests.BillingCluster;

namespace OrleansBilling.Grains.Tests.Devices;

/// <summary>Usage that names an identifier is that of the device which has it at the event's own time.</summary>
public sealed class IdentifierTests
{
    private const string Plan = """
        {"id":"p","name":"Data","currency":"EUR","charges":[{"id":"data","name":"Data","meter":"data","unitPrice":"0.10"}]}
        """;

    private const string Number = "+4915112345678";

    [Fact]
    public async Task Usage_goes_to_the_owner_at_its_own_time_whenever_it_comes()
    {
        await using var cluster = await Prepared();
        await Own(cluster, "d1", "2026-01-01T00:00:00Z");
        var before = await cluster.SendIdentifiedAsync("t", Call("1", "2026-01-05T00:00:00Z", 10m));
        Ok(await Identify(cluster, "d2", "2026-01-10T00:00:00Z", takeOver: true));

        var after = await cluster.SendIdentifiedAsync(
            "t", Call("2", "2026-01-10T00:00:00Z", 20m), Call("3", "2026-01-09T23:59:59Z", 40m), Call("1", "2026-01-05T00:00:00Z", 10m));

        Assert.Equal(UsageStatus.Accepted, before[0].Status);
        Assert.Equal([UsageStatus.Accepted, UsageStatus.Accepted, UsageStatus.Duplicate], after.Select(r => r.Status));
        Assert.Equal((5.00m, 2.00m), await Bills(cluster));
        var owners = (await Identifier(cluster).Get())!.Owners;
        Assert.Equal(
            [("d1", At("2026-01-01T00:00:00Z"), At("2026-01-10T00:00:00Z")), ("d2", At("2026-01-10T00:00:00Z"), null)],
            owners.Select(o => (o.Device, o.From, o.To)));
        await Agrees(cluster);

        await cluster.RestartAsync(snapshotAtStop: 1);
        Assert.Equal((5.00m, 2.00m), await Bills(cluster));
        var again = await cluster.SendIdentifiedAsync(
            "t", Call("3", "2026-01-09T23:59:59Z", 40m), Call("2", "2026-01-10T00:00:00Z", 20m), Call("4", "2026-01-11T00:00:00Z", 1m));
        Assert.Equal([UsageStatus.Duplicate, UsageStatus.Duplicate, UsageStatus.Accepted], again.Select(r => r.Status));
        Assert.Equal((5.00m, 2.10m), await Bills(cluster));
        await Agrees(cluster);
    }

    [Fact]
    public async Task The_same_event_by_device_and_by_identifier_counts_once()
    {
        await using var cluster = await Prepared();
        await Own(cluster, "d1", "2026-01-01T00:00:00Z");
        await cluster.SendAsync("t", Event("1", "d1", "data", "2026-01-05T00:00:00Z", 10m));
        var results = await cluster.SendIdentifiedAsync(
            "t", Call("1", "2026-01-05T00:00:00Z", 10m), Call("1", "2026-01-05T00:00:00Z", 11m));
        Assert.Equal([UsageStatus.Duplicate, UsageStatus.Conflict], results.Select(r => r.Status));
    }

    [Fact]
    public async Task Usage_of_nobodys_identifier_is_kept_and_goes_to_its_owner_when_it_is_released()
    {
        await using var cluster = await Prepared();
        var kept = await cluster.SendIdentifiedAsync(
            "t", Call("1", "2026-01-05T00:00:00Z", 10m), Call("2", "2025-12-31T00:00:00Z", 20m), Call("1", "2026-01-05T00:00:00Z", 10m),
            Call("1", "2026-01-05T00:00:00Z", 99m));
        Assert.Equal(
            [UsageStatus.Quarantined, UsageStatus.Quarantined, UsageStatus.Duplicate, UsageStatus.Conflict], kept.Select(r => r.Status));
        Assert.Equal("identifier.no_owner", kept[0].Code);
        await Own(cluster, "d1", "2026-01-01T00:00:00Z");
        await cluster.RestartAsync(snapshotAtStop: 1);

        var released = await Release(cluster);

        Assert.Equal([("1", null, "d1"), ("2", "identifier.no_owner", IdentifierKey)],
            released.OrderBy(r => r.Id, StringComparer.Ordinal).Select(r => (r.Id, r.Reason, r.Device)));
        Assert.Equal((1.00m, 0.00m), await Bills(cluster));
        Assert.Equal(["2"], (await Release(cluster)).Select(r => r.Id));
        var again = await cluster.SendIdentifiedAsync("t", Call("1", "2026-01-05T00:00:00Z", 10m));
        Assert.Equal(UsageStatus.Duplicate, again[0].Status);
        await cluster.RestartAsync(snapshotAtStop: long.MaxValue);
        Assert.Equal((1.00m, 0.00m), await Bills(cluster));
        var audit = await Agrees(cluster);
        Assert.Equal((2, 1), (audit.EventsRead, audit.EventsQuarantined));
    }

    [Fact]
    public async Task What_was_kept_and_comes_again_when_it_has_an_owner_leaves_the_quarantine_and_counts_once()
    {
        await using var cluster = await Prepared();
        await cluster.SendIdentifiedAsync("t", Call("1", "2026-01-05T00:00:00Z", 10m));
        await Own(cluster, "d2", "2026-01-01T00:00:00Z");
        var again = await cluster.SendIdentifiedAsync("t", Call("1", "2026-01-05T00:00:00Z", 10m), Call("1", "2026-01-05T00:00:00Z", 10m));
        Assert.Equal(UsageStatus.Accepted, again[0].Status);
        Assert.Empty(await Release(cluster));
        Assert.Equal((0.00m, 1.00m), await Bills(cluster));
        await Agrees(cluster);
    }

    [Fact]
    public async Task What_was_kept_for_long_is_not_too_old_when_it_is_released()
    {
        await using var cluster = await Prepared();
        await cluster.SendIdentifiedAsync("t", Call("1", "2026-01-05T00:00:00Z", 10m));
        await cluster.AdvanceAsync("t", "2026-03-20T00:00:00Z");
        await Own(cluster, "d1", "2026-01-01T00:00:00Z");
        Assert.Equal([(null, true)], (await Release(cluster)).Select(r => (r.Reason, r.Late)));
        Assert.Equal([("lateUsage", 1.00m)], (await cluster.BillAsync("t", "c1")).Lines.Select(l => (l.Kind, l.Amount.ToDecimal())));
        await Agrees(cluster);
    }

    [Fact]
    public async Task What_a_device_was_billed_for_cannot_be_taken_from_it()
    {
        await using var cluster = await Prepared();
        await Own(cluster, "d1", "2026-01-01T00:00:00Z");
        await cluster.SendIdentifiedAsync("t", Call("1", "2026-01-05T00:00:00Z", 10m));
        // Usage that did not name the identifier is no obstacle.
        await cluster.SendAsync("t", Event("own", "d1", "data", "2026-01-14T00:00:00Z", 1m));

        Refused(await Identify(cluster, "d2", "2026-01-05T00:00:00Z", takeOver: true), CommandOutcome.Conflict, "identifier.usage_after");
        Refused(await End(cluster, "d1", "2026-01-05T00:00:00Z"), CommandOutcome.Conflict, "identifier.usage_after");
        Refused(await Identify(cluster, "d2", "2026-01-06T00:00:00Z"), CommandOutcome.Conflict, "identifier.owned");
        Ok(await Identify(cluster, "d2", "2026-01-05T00:00:00.0000001Z", takeOver: true));
        await cluster.RestartAsync(snapshotAtStop: 1);
        Refused(await End(cluster, "d1", "2026-01-05T00:00:00Z"), CommandOutcome.Conflict, "identifier.usage_after");
        Assert.Equal(CommandOutcome.Unchanged, (await End(cluster, "d1", "2026-01-05T00:00:00.0000001Z")).Outcome);
    }

    [Fact]
    public async Task Commands_say_what_is_wrong_with_them()
    {
        await using var cluster = await Prepared();
        await Own(cluster, "d1", "2026-01-10T00:00:00Z");
        Assert.Equal(CommandOutcome.Unchanged, (await Identify(cluster, "d1", "2026-01-10T00:00:00Z")).Outcome);
        Refused(await Identify(cluster, "nobody", "2026-01-10T00:00:00Z"), CommandOutcome.NotFound, "device.unknown");
        Refused(await Identify(cluster, "d2", "2026-01-05T00:00:00Z"), CommandOutcome.Conflict, "identifier.owned");
        Ok(await Identify(cluster, "d2", "2026-01-05T00:00:00Z", "2026-01-10T00:00:00Z"));
        Refused(await Identify(cluster, "d2", "2026-01-03T00:00:00Z", "2026-01-03T00:00:00Z"), CommandOutcome.Rejected, "identifier.empty_time");
        Refused(await End(cluster, "d3", "2026-01-12T00:00:00Z"), CommandOutcome.NotFound, "identifier.not_owned");
        Refused(await End(cluster, "d2", "2026-01-12T00:00:00Z"), CommandOutcome.Conflict, "identifier.ended");
        Refused(
            await cluster.Device("t", "d1").Identify(new("imsi", "12", At("2026-01-01T00:00:00Z"), null, false)),
            CommandOutcome.Rejected, "identifier.value_invalid");
        Refused(
            await cluster.Device("t", "d1").Identify(new("name", "12", At("2026-01-01T00:00:00Z"), null, false)),
            CommandOutcome.Rejected, "identifier.kind_unknown");

        // A time that was told by mistake is taken back wholly.
        Ok(await End(cluster, "d1", "2026-01-10T00:00:00Z"));
        Ok(await Identify(cluster, "d3", "2026-01-10T00:00:00Z"));
        Assert.Equal(["d2", "d3"], (await Identifier(cluster).Get())!.Owners.Select(o => o.Device));
        Assert.Empty((await cluster.Device("t", "d1").Get())!.Identifiers!);
    }

    [Fact]
    public async Task An_end_that_crashed_half_way_sends_nothing_to_the_old_owner_and_is_told_by_the_next_usage()
    {
        await using var cluster = await Prepared();
        await Own(cluster, "d1", "2026-01-01T00:00:00Z");
        var owner = (await Identifier(cluster).Get())!.Owners[0];
        // The device's part of an end, without the identifier's.
        Ok(await cluster.Device("t", "d1").CutIdentifier(IdentifierKey, owner, At("2026-01-10T00:00:00Z")));
        Assert.Null((await Identifier(cluster).Get())!.Owners[0].To);

        var results = await cluster.SendIdentifiedAsync("t", Call("1", "2026-01-12T00:00:00Z", 10m), Call("2", "2026-01-09T00:00:00Z", 20m));

        Assert.Equal([UsageStatus.Quarantined, UsageStatus.Accepted], results.Select(r => r.Status));
        Assert.Equal(At("2026-01-10T00:00:00Z"), (await Identifier(cluster).Get())!.Owners[0].To);
    }

    [Fact]
    public async Task An_owner_whose_partition_was_not_told_learns_it_with_the_first_usage()
    {
        await using var cluster = await Prepared();
        Ok(await Identifier(cluster).Own("d1", At("2026-01-01T00:00:00Z"), null, takeOver: false));
        Assert.Null((await cluster.Device("t", "d1").Get())!.Identifiers);
        Assert.Equal(UsageStatus.Accepted, (await cluster.SendIdentifiedAsync("t", Call("1", "2026-01-12T00:00:00Z", 10m)))[0].Status);
        Assert.Single((await cluster.Device("t", "d1").Get())!.Identifiers!);
    }

    [Fact]
    public async Task Owners_that_change_while_usage_comes_get_every_event_once()
    {
        await using var cluster = await Prepared();
        await Own(cluster, "d1", "2026-01-01T00:00:00Z");
        var events = Enumerable.Range(0, 96).Select(i => Call($"e{i}", $"2026-01-{1 + (i / 8):00}T{i % 8:00}:00:00Z", 1m)).ToArray();
        var sending = Task.Run(async () =>
        {
            foreach (var share in events.Chunk(4))
            {
                await cluster.SendIdentifiedAsync("t", share);
            }
        });
        // Each takes over right after the newest usage that came, or is refused.
        for (var i = 0; !sending.IsCompleted; i++)
        {
            await Identify(cluster, $"d{1 + (i % 2)}", $"2026-01-{1 + (i % 13):00}T00:30:00Z", takeOver: true);
        }
        await sending;
        await cluster.SendIdentifiedAsync("t", events);

        var (one, two) = await Bills(cluster);
        Assert.Equal(9.60m, one + two);
        var owners = (await Identifier(cluster).Get())!.Owners;
        Assert.Equal(
            events.Where(e => owners.Single(o => o.Has(NodaTime.Instant.FromUnixTimeTicks(e.UnixTicks))).Device == "d2").Sum(e => e.Value) * 0.10m,
            two);
        await Agrees(cluster);
    }

    private static string IdentifierKey => new DeviceIdentifier("msisdn", Number).Key;

    private static UsageEvent Call(string id, string time, decimal value) => Identified(id, "msisdn", Number, "data", time, value);

    private static async Task Own(BillingCluster cluster, string device, string from) => Ok(await Identify(cluster, device, from));

    private static Task<CommandResult<DeviceView>> Identify(
        BillingCluster cluster, string device, string from, string? to = null, bool takeOver = false) =>
        cluster.Device("t", device).Identify(new("msisdn", Number, At(from), to is null ? null : At(to), takeOver));

    private static Task<CommandResult<DeviceView>> End(BillingCluster cluster, string device, string to) =>
        cluster.Device("t", device).EndIdentifier("msisdn", Number, At(to));

    private static IIdentifierGrain Identifier(BillingCluster cluster) =>
        cluster.Grains.GetGrain<IIdentifierGrain>(EntityKey.Of("t", IdentifierKey));

    private static void Refused(CommandResult<DeviceView> result, CommandOutcome outcome, string code) =>
        Assert.Equal((outcome, code), (result.Outcome, result.Errors.FirstOrDefault()?.Code));

    private static async Task<(decimal One, decimal Two)> Bills(BillingCluster cluster) =>
        ((await cluster.BillAsync("t", "c1")).Total, (await cluster.BillAsync("t", "c2")).Total);

    private static async Task<List<ReleasedUsage>> Release(BillingCluster cluster)
    {
        var released = new List<ReleasedUsage>();
        for (var p = 0; p < BillingCluster.Partitions; p++)
        {
            released.AddRange((await cluster.Grains.GetGrain<IPartitionGrain>(p)
                .ReleaseQuarantine(new("t", null, null, null, false, 0, 500))).Results);
        }
        return released;
    }

    private static async Task<Contracts.Auditing.AuditReport> Agrees(BillingCluster cluster)
    {
        var audit = await cluster.AuditAsync("t");
        Assert.True(audit.Agrees, string.Join("\n", audit.Findings.Select(f => f.ToString())));
        return audit;
    }

    private static async Task<BillingCluster> Prepared()
    {
        var cluster = await StartAsync();
        await cluster.CreateTenantAsync("t", "2026-01-15T00:00:00Z");
        await cluster.DefineMeterAsync("t", "data", "MB");
        await cluster.PublishAsync("t", Plan);
        foreach (var n in new[] { "1", "2" })
        {
            await cluster.SubscribeAsync("t", $"c{n}", $"s{n}", "p", "2026-01-01T00:00:00Z");
            await cluster.RegisterAsync("t", $"d{n}", $"s{n}");
        }
        await cluster.RegisterAsync("t", "d3", null);
        return cluster;
    }
}
