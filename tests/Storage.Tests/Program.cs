using OrleansBilling.Grains.Log;
using OrleansBilling.Grains.Log.Sqlite;

namespace OrleansBilling.Storage.Tests;

/// <summary>
/// The process which the crash tests kill: <c>append FILE</c> appends to every partition from several tasks and prints
/// each acknowledged <c>partition lsn</c>; <c>open FILE</c> opens the file and reports.
/// </summary>
internal static class Program
{
    public const int PartitionCount = 3;
    private const int Appenders = 4;

    public static async Task<int> Main(string[] arguments)
    {
        await using var store = new SqlitePartitionStore(arguments[1]);
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

    private static async Task AppendForeverAsync(SqlitePartitionStore store)
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
