using NodaTime;
using OrleansBilling.Contracts.Devices;
using OrleansBilling.Contracts.Partitions;
using OrleansBilling.Contracts.Pricing;
using OrleansBilling.Contracts.Subscriptions;
using OrleansBilling.Core.Pricing;
using OrleansBilling.Core.Usage;
using OrleansBilling.Grains.Partitions;
using OrleansBilling.Grains.Records;
using OrleansBilling.Grains.Tests.Devices;
using static OrleansBilling.Grains.Tests.BillingCluster;

namespace OrleansBilling.Grains.Tests.Partitions;

/// <summary>
/// A snapshot that any released version wrote is read by this one, and means the same as the facts behind it.
/// </summary>
public sealed class SnapshotFormatTests
{
    private static readonly Instant Start = At("2026-01-01T00:00:00Z");

    /// <summary>Version 1 told devices and terms as JSON, each with its plan; version 2 event ids before the quarantine.</summary>
    [Theory]
    [InlineData("snapshot-v1.hex")]
    [InlineData("snapshot-v2.hex")]
    [InlineData("snapshot-v3.hex")]
    public void A_stored_snapshot_restores_what_its_facts_say(string golden)
    {
        var expected = Lived();
        var restored = new PartitionState(1);
        SnapshotChunks.ForEach([Golden(golden)], record => restored.Apply(record, 0));
        Assert.Equal(Tell(expected), Tell(restored));
        Assert.Equal(
            expected.Devices.Devices.Select(Describe), restored.Devices.Devices.Select(Describe));
        Assert.Equal(
            expected.Subscriptions.All.Select(s => (s.Spec, s.View, s.ClosedThrough)),
            restored.Subscriptions.All.Select(s => (s.Spec, s.View, s.ClosedThrough)));
        Assert.Equal(StoredEventIds.Of(expected.Devices.EventIds), StoredEventIds.Of(restored.Devices.EventIds));
    }

    [Fact]
    public void The_snapshot_of_this_version_is_written_byte_for_byte_as_it_was_released() =>
        Assert.Equal(Convert.ToHexString(Golden("snapshot-v3.hex").Span), Tell(Lived()));

    [Fact]
    public void What_a_device_was_registered_with_survives_whatever_else_was_told_of_it()
    {
        var restored = new PartitionState(1);
        SnapshotChunks.ForEach([Golden("snapshot-v2.hex")], record => restored.Apply(record, 0));
        var tenant = restored.Tenant("t")!;
        foreach (var spec in Specs())
        {
            Assert.Equal(spec, restored.Devices.Device(tenant, spec.Id)!.Spec);
        }
    }

    private static IEnumerable<DeviceSpec> Specs() =>
    [
        new("plain", null, null, null),
        new("named", "A name, é", "s1", null),
        new("assigned", null, "s1", null),
        new("assigned-from", null, "s1", Start + Duration.FromDays(1)),
        new("assigned-odd", null, "s1", Start + Duration.FromNanoseconds(123_456_789L)),
        new("meter", null, "s2", null),
        new("moved", null, "s1", null),
    ];

    /// <summary>A partition that has seen one of everything, built by its facts.</summary>
    private static PartitionState Lived()
    {
        var state = new PartitionState(1);
        state.Apply(new TenantLearned(new("t", "T", At("2026-02-10T00:00:00Z"), TimeSpan.FromHours(1), TimeSpan.FromDays(35))));
        state.Apply(new Sealed("t", At("2026-02-10T00:00:00Z"), At("2026-01-02T00:00:00Z")));
        foreach (var (id, zone, end) in new[] { ("s1", "Europe/Berlin", (Instant?)null), ("s2", "Etc/UTC", At("2027-01-01T00:00:00Z")) })
        {
            var spec = new SubscriptionSpec(id, "c", "p", null, Start, end, zone, null);
            state.Apply(new SubscriptionCreated("t", spec, Terms(id, zone, end)));
            state.Apply(new TermsLearned("t", Terms(id, zone, end)));
        }
        foreach (var spec in Specs())
        {
            state.Apply(new DeviceRegistered("t", spec));
            if (spec.Subscription is { } subscription)
            {
                state.Apply(new DeviceAssigned("t", spec.Id, subscription, spec.From ?? Start));
            }
        }
        state.Apply(new DeviceAssigned("t", "moved", null, At("2026-01-10T00:00:00Z")));
        state.Apply(new DeviceAssigned("t", "moved", "s2", At("2026-01-20T00:00:00Z")));
        state.Apply(new DeviceStateSet("t", "named", "suspended", At("2026-01-15T00:00:00Z")));
        state.Apply(new DeviceStateSet("t", "named", "active", At("2026-01-16T00:00:00Z")));
        Use(state);
        return state;
    }

    private static void Use(PartitionState state)
    {
        var lsn = 100;
        Use(state, lsn++, "named", "m", "e1", At("2026-01-05T00:00:00Z"), 1.50m, period: 0);
        Use(state, lsn++, "assigned", "m", "e1", At("2026-01-05T00:00:00Z"), 0.000000000001m, period: 0);
        Use(state, lsn++, "assigned", "m", "e2", At("2026-02-05T00:00:00Z"), 999_999_999_999_999m, period: 1);
        Use(state, lsn++, "assigned-from", "m", "e1", At("2026-01-02T00:00:00Z"), 3m, period: 0);
        Use(state, lsn++, "meter", "r", "r1", At("2026-01-05T00:00:00Z"), 99_990m, period: 0);
        Use(state, lsn++, "meter", "r", "r2", At("2026-01-07T00:00:00Z"), 15m, period: 0);
        state.Apply(new RegisterWasReset("t", "meter", new("r", At("2026-01-08T00:00:00Z"), 20m, 0m)));
        Use(state, lsn++, "moved", "m", "e1", At("2026-01-25T00:00:00Z"), 4m, period: 0, terms: 1);
        Use(state, lsn, "plain", "m", "e1", At("2026-01-05T00:00:00Z"), 5m, period: 0, quarantine: "usage.unassigned");
    }

    private static void Use(
        PartitionState state, long lsn, string device, string meter, string id, Instant time, decimal value, int period,
        int? terms = null, string? quarantine = null)
    {
        var tenant = state.Tenant("t")!;
        var writer = new ByteWriter();
        UsageRecordCodec.Write(writer, new()
        {
            Device = state.Devices.Device(tenant, device)!.Index, Meter = state.Devices.Meter(tenant, meter)!.Index, EventId = id,
            Time = time.ToUnixTimeTicks(), ReceivedAt = time.ToUnixTimeTicks(), Value = value, Quarantine = quarantine,
            Terms = quarantine is null ? terms ?? (device == "meter" ? 1 : 0) : 0, UsagePeriod = period, BilledPeriod = period,
        });
        state.Apply(writer.Written, lsn);
    }

    private static SubscriptionTerms Terms(string id, string zone, Instant? end) => new(
        new(id, "c", "p", 1, "EUR", Start, end, zone, "2026-01-01"),
        new PlanView("p", 1, Start, PlanJson.Parse("""
            {"id":"p","name":"P","currency":"EUR","charges":[
              {"id":"use","name":"Use","meter":"m","model":"perUnit","unitPrice":"0.25"},
              {"id":"reg","name":"Register","meter":"r","model":"volume","tiers":[{"upTo":"10","unitPrice":"1"},{"upTo":null,"unitPrice":"0.5"}]}]}
            """).Plan!),
        [new MeterDefinition("m", "M", "kWh"), new MeterDefinition("r", "R", "kWh", "sum", new(100_000m))]);

    private static string Describe(OrleansBilling.Grains.Devices.DeviceState d) => string.Join('|', [
        $"{d.Index} {d.Tenant.Id} {d.Spec} {d.NewestUsage}",
        .. d.Assignments.Select(a => $"{a.From} {a.Terms?.Index}"), .. d.States.Select(s => $"{s}"), .. d.Usage.Select(u => $"{u}"),
    ]);

    private static string Tell(PartitionState state)
    {
        var chunks = new SnapshotChunks();
        state.WriteSnapshot(chunks.Add);
        return string.Concat(chunks.Finish().Select(c => Convert.ToHexString(c.Span)));
    }

    private static ReadOnlyMemory<byte> Golden(string name) => Convert.FromHexString(
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Partitions", "Golden", name)).ReplaceLineEndings(""));
}
