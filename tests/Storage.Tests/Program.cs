using OrleansBilling.Grains.Log;
using OrleansBilling.Grains.Log.PostgreSql;
using OrleansBilling.Grains.Log.Sqlite;

namespace OrleansBilling.Storage.Tests;

/// <summary>
/// The process which the crash tests kill: <c>append STORE</c> appends to every partition from several tasks and prints
/// each acknowledged <c>partition lsn</c>; <c>open STORE</c> opens the store and reports. A store is a file, or a
/// connection string. <c>measure</c> compares the stores' throughput on this machine.
/// </summary>
internal static class Program
{
    public const int PartitionCount = 3;
    private const int Appenders = 4;

    public static async Task<int> Main(string[] arguments)
    {
        if (arguments[0] == "measure")
        {
            await AppendMeasurement.RunAsync();
            return 0;
        }
        await using var store = Open(arguments[1]);
        try
        {
            await store.OpenAsync(PartitionCount, CancellationToken.None);
        }
        catch (StoreLockedException error)
        {
            Console.WriteLine(error.Message);
            return 3;
        }
        if (arguments[0] == "append")
        {
            await AppendForeverAsync(store);
        }
        return 0;
    }

    private static IPartitionStore Open(string store) => store.Contains("Host=", StringComparison.Ordinal)
        ? new PostgresPartitionStore(store)
        : new SqlitePartitionStore(store);

    private static async Task AppendForeverAsync(IPartitionStore store)
    {
        await using var writer = new LogWriter(store, TimeProvider.System);
        var tasks = new List<Task>();
        for (var partition = 0; partition < PartitionCount; partition++)
        {
            var claim = await store.TakeOwnershipAsync(partition, "child", CancellationToken.None);
            var log = writer.Open(partition, claim.Epoch, claim.LastLsn);
            tasks.AddRange(Enumerable.Range(0, Appenders).Select(_ => Task.Run(() => AppendAsync(log))));
        }
        await Task.WhenAll(tasks);
    }

    private static async Task AppendAsync(PartitionLog log)
    {
        while (true)
        {
            var lsn = log.Append(new byte[50], eventTimeTicks: 1);
            await log.DurableAsync(lsn);
            await Console.Out.WriteLineAsync($"{log.Partition} {lsn}");
        }
    }
}
