using OrleansBilling.Core.Rating;
using OrleansBilling.Grains.Log.Sqlite;
using OrleansBilling.Grains.Partitions;
using static OrleansBilling.Grains.Tests.BillingCluster;

namespace OrleansBilling.Grains.Tests.Auditing;

public sealed class AuditTests
{
    [Theory]
    [InlineData("slice.differs", "2026-01-20T00:00:00Z")]
    [InlineData("lines.differ", "2026-02-02T00:00:00Z")]
    public async Task A_total_that_was_tampered_with_is_found(string finding, string closeAt)
    {
        var folder = Directory.CreateTempSubdirectory("billing-").FullName;
        try
        {
            await using (var cluster = await Used(folder))
            {
                Assert.True((await cluster.AuditAsync("t")).Agrees);
            }
            Assert.True(await AddOneUnit(folder), "no slice was found to tamper with");
            await using (var cluster = await StartAsync(folder))
            {
                await cluster.AdvanceAsync("t", closeAt);
                var report = await cluster.AuditAsync("t");
                Assert.False(report.Agrees);
                Assert.Contains(report.Findings, f => f.Code == finding);
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<BillingCluster> Used(string folder)
    {
        var cluster = await StartAsync(folder);
        await cluster.CreateTenantAsync("t", "2026-01-20T00:00:00Z");
        await cluster.DefineMeterAsync("t", "m", "kWh");
        await cluster.PublishAsync("t", """
            {"id":"p","name":"P","currency":"EUR","charges":[{"id":"use","name":"Use","meter":"m","model":"perUnit","unitPrice":"0.25"}]}
            """);
        await cluster.SubscribeAsync("t", "c", "s", "p", "2026-01-01T00:00:00Z");
        await cluster.RegisterAsync("t", "d", "s");
        await cluster.SendAsync("t", Event("e", "d", "m", "2026-01-15T00:00:00Z", 100m));
        return cluster;
    }

    /// <summary>Rewrites a snapshot with one slice's quantity raised, valid checksums and all.</summary>
    private static async Task<bool> AddOneUnit(string folder)
    {
        await using var store = new SqlitePartitionStore(Path.Combine(folder, "billing.db"));
        await store.OpenAsync(BillingCluster.Partitions, default);
        for (var p = 0; p < BillingCluster.Partitions; p++)
        {
            if (await store.LoadSnapshotAsync(p, default) is not { } snapshot)
            {
                continue;
            }
            var state = new PartitionState(BillingCluster.Partitions);
            SnapshotChunks.ForEach(snapshot.Chunks, record => state.Apply(record, 0));
            var slices = state.Devices.Terms.SelectMany(t => t.Slices).Where(s => s.Buckets.Length > 0).ToArray();
            if (slices.Length == 0)
            {
                continue;
            }
            slices[0].Add(slices[0].Buckets[0].Key, new BucketTotal(1m, 0m, 0));
            var chunks = new SnapshotChunks();
            state.WriteSnapshot(chunks.Add);
            var claim = await store.TakeOwnershipAsync(p, "tamperer", default);
            return await store.SaveSnapshotAsync(p, claim.Epoch, snapshot.Lsn, SnapshotChunks.Stream(chunks.Finish()), default);
        }
        return false;
    }
}
