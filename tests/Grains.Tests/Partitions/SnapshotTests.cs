using OrleansBilling.Grains.Log.Sqlite;
using OrleansBilling.Grains.Partitions;
using static OrleansBilling.Grains.Tests.BillingCluster;

namespace OrleansBilling.Grains.Tests.Partitions;

public sealed class SnapshotTests
{
    [Fact]
    public async Task A_state_restored_from_its_snapshot_tells_the_same_snapshot_as_the_state_replayed_from_the_log()
    {
        var folder = Directory.CreateTempSubdirectory("billing-").FullName;
        try
        {
            await using (var cluster = await StartAsync(folder, snapshotAtStop: long.MaxValue))
            {
                await LiveThrough(cluster);
            }
            await using var store = new SqlitePartitionStore(Path.Combine(folder, "billing.db"));
            await store.OpenAsync(BillingCluster.Partitions, default);
            var records = 0;
            for (var p = 0; p < BillingCluster.Partitions; p++)
            {
                var replayed = await Replay(store, p);
                var told = Tell(replayed);
                var restored = new PartitionState(BillingCluster.Partitions);
                SnapshotChunks.ForEach(told, record => restored.Apply(record, 0));
                Assert.Equal(Hex(told), Hex(Tell(restored)));
                records += told.Sum(c => c.Length);
            }
            Assert.True(records > 5_000, "the snapshots are suspiciously empty");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task LiveThrough(BillingCluster cluster)
    {
        await cluster.CreateTenantAsync("t", "2026-01-10T00:00:00Z");
        await cluster.DefineMeterAsync("t", "m", "kWh");
        await cluster.DefineMeterAsync("t", "r", "kWh", new(100_000m));
        await cluster.DefineMeterAsync("t", new("max", "Max", "kW", "max"));
        await cluster.DefineMeterAsync("t", new("last", "Last", "L", "latest", Per: "device"));
        await cluster.DefineMeterAsync("t", new("distinct", "Distinct", "sessions", "unique", UniqueOf: "session"));
        await cluster.PublishAsync("t", """
            {"id":"p","name":"P","currency":"EUR","charges":[
              {"id":"max","meter":"max","unitPrice":"1"},{"id":"last","meter":"last","perDevice":{"roundTo":"10"},"unitPrice":"1"},
              {"id":"distinct","meter":"distinct","unitPrice":"1"},
              {"id":"use","name":"Use","meter":"m","model":"perUnit","unitPrice":"0.25"},
              {"id":"reg","name":"Register","meter":"r","model":"volume","tiers":[{"upTo":"10","unitPrice":"1"},{"upTo":null,"unitPrice":"0.5"}]}],
             "deviceStates":[{"state":"test","free":[{"meter":"m","quantity":"4"}],"activateAfterDays":20}]}
            """);
        for (var i = 0; i < 8; i++)
        {
            await cluster.SubscribeAsync("t", $"c{i}", $"s{i}", "p", "2026-01-01T00:00:00Z", "Europe/Berlin");
            await cluster.RegisterAsync("t", $"d{i}", $"s{i}");
            await cluster.RegisterAsync("t", $"x{i}", null);
            await cluster.SendAsync("t",
            [
                Event("a", $"d{i}", "m", "2026-01-05T00:00:00Z", 1.5m, ("zone", "A")), Event("b", $"d{i}", "r", "2026-01-05T00:00:00Z", 99_990m),
                Event("c", $"d{i}", "r", "2026-01-07T00:00:00Z", 15m), Event("d", $"d{i}", "r", "2026-01-06T00:00:00Z", 99_995.5m),
                Event("e", $"x{i}", "m", "2026-01-05T00:00:00Z", 1m), Event("f", $"d{i}", "max", "2026-01-05T00:00:00Z", 7.25m),
                Event("g", $"d{i}", "last", "2026-01-05T00:00:00Z", 3m), Event("h", $"d{i}", "distinct", "2026-01-05T00:00:00Z", 0m, ("session", "é")),
                Event("i", $"d{i}", "distinct", "2026-01-05T00:00:00Z", 0m, ("session", "b")),
            ]);
        }
        Ok(await cluster.Device("t", "tried").Register(new("tried", "Tried", "s0", At("2026-01-02T00:00:00Z"), "test")));
        await cluster.SendAsync("t", [
            Event("a", "tried", "m", "2026-01-03T00:00:00Z", 3m, ("zone", "A")), Event("b", "tried", "m", "2026-01-05T00:00:00Z", 2m),
            Event("c", "tried", "m", "2026-01-04T00:00:00Z", 0.5m)]);
        Ok(await cluster.Device("t", "ready").Register(new("ready", null, "s1", null, "activationReady")));
        Ok(await cluster.Device("t", "stock").Register(new("stock", null, null, null, "test")));
        Ok(await cluster.Device("t", "d2").Identify(new("imei", "490154203237518", At("2026-01-01T00:00:00Z"), null, false)));
        await cluster.SendIdentifiedAsync(
            "t", Identified("i1", "imei", "490154203237518", "m", "2026-01-06T00:00:00Z", 3m),
            Identified("i2", "serial", "unknown", "m", "2026-01-06T00:00:00Z", 5m));
        Ok(await cluster.Device("t", "d4").Identify(new("imei", "490154203237518", At("2026-01-08T00:00:00Z"), null, true)));
        Ok(await cluster.Device("t", "d0").SetState("suspended", At("2026-01-08T00:00:00Z")));
        Ok(await cluster.Device("t", "d1").ResetRegister(new("r", At("2026-01-09T00:00:00Z"), 20m, 0m)));
        await cluster.AdvanceAsync("t", "2026-02-02T00:00:00Z");
        await cluster.SendAsync("t", Event("late", "d3", "m", "2026-01-20T00:00:00Z", 7m));
    }

    private static async Task<PartitionState> Replay(SqlitePartitionStore store, int partition)
    {
        var state = new PartitionState(BillingCluster.Partitions);
        await foreach (var segment in store.ReadAsync(partition, 1, default))
        {
            foreach (var record in segment)
            {
                state.Apply(record.Bytes.Span, record.Lsn);
            }
        }
        return state;
    }

    private static IReadOnlyList<ReadOnlyMemory<byte>> Tell(PartitionState state)
    {
        var chunks = new SnapshotChunks();
        state.WriteSnapshot(chunks.Add);
        return chunks.Finish();
    }

    private static string Hex(IReadOnlyList<ReadOnlyMemory<byte>> chunks) =>
        string.Concat(chunks.Select(c => Convert.ToHexString(c.Span)));
}
