using System.Formats.Tar;
using System.IO.Compression;
using OrleansBilling.Grains.Log.Sqlite;
using OrleansBilling.Grains.Partitions;
using OrleansBilling.Grains.Records;

namespace OrleansBilling.Grains.Tests.Records;

/// <summary>
/// The stores that earlier versions wrote are what proves that a form is still read. What is in none of them is proved by nobody.
/// </summary>
public sealed class GoldenStoreTests
{
    [Fact]
    public async Task Every_type_of_record_is_in_a_golden_store()
    {
        var found = new HashSet<RecordType>();
        foreach (var packed in Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Records", "GoldenStores"), "store-*.tar.gz"))
        {
            found.UnionWith(await TypesOf(packed));
        }
        Assert.Equal([], Enum.GetValues<RecordType>().Except(found));
    }

    private static async Task<HashSet<RecordType>> TypesOf(string packed)
    {
        var folder = Directory.CreateTempSubdirectory("golden-store-").FullName;
        try
        {
            await using (var file = File.OpenRead(packed))
            await using (var unpacked = new GZipStream(file, CompressionMode.Decompress))
            {
                await TarFile.ExtractToDirectoryAsync(unpacked, folder, overwriteFiles: false);
            }
            await using var store = new SqlitePartitionStore(Path.Combine(folder, "billing.db"));
            var layout = await store.OpenAsync(null, CancellationToken.None);
            var types = new HashSet<RecordType>();
            for (var partition = 0; partition < layout.PartitionCount; partition++)
            {
                await AddAsync(store, partition, types);
            }
            return types;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task AddAsync(SqlitePartitionStore store, int partition, HashSet<RecordType> types)
    {
        var snapshot = await store.LoadSnapshotAsync(partition, CancellationToken.None);
        Assert.NotNull(snapshot);
        SnapshotChunks.ForEach(snapshot.Chunks, record => types.Add((RecordType)record[0]));
        await foreach (var segment in store.ReadAsync(partition, 1, CancellationToken.None))
        {
            foreach (var record in segment)
            {
                types.Add((RecordType)record.Bytes.Span[0]);
            }
        }
    }
}
