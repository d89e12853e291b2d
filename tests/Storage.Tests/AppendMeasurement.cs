using System.Diagnostics;
using System.Globalization;
using OrleansBilling.Grains.Log;
using OrleansBilling.Storage.Tests.Places;

namespace OrleansBilling.Storage.Tests;

/// <summary>
/// Appends through a <see cref="LogWriter"/>: records of 100 bytes to 16 partitions, in batches of 1,000 for each of
/// which one caller waits. Run it in Release: <c>dotnet run --project tests/Storage.Tests -c Release -- measure</c>.
/// </summary>
internal static class AppendMeasurement
{
    private const int Partitions = 16;
    private const int CallersAPartition = 2;
    private const int BatchRecords = 1000;
    private const int RecordBytes = 100;

    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Measured = TimeSpan.FromSeconds(10);

    public static async Task RunAsync()
    {
        await RunAsync("SQLite", new SqlitePlace());
        await RunAsync("PostgreSQL", new PostgresPlace());
    }

    private static async Task RunAsync(string name, IStorePlace place)
    {
        await using var disposedPlace = place;
        await place.PrepareAsync();
        await using var store = new HookedStore(place.CreateStore());
        await store.OpenAsync(Partitions, CancellationToken.None);
        await using var writer = new LogWriter(store, TimeProvider.System);
        using var measuring = new ManualResetEventSlim();
        var commitMs = new List<double>();
        Watch(store, measuring, commitMs);
        using var stop = new CancellationTokenSource();
        var callers = new List<Task<long>>();
        for (var partition = 0; partition < Partitions; partition++)
        {
            var claim = await store.TakeAsync(partition);
            var log = writer.Open(partition, claim.Epoch, claim.LastLsn);
            callers.AddRange(Enumerable.Range(0, CallersAPartition)
                .Select(_ => Task.Run(() => AppendAsync(log, measuring, stop.Token))));
        }
        await Task.Delay(WarmUp);
        measuring.Set();
        var started = Stopwatch.GetTimestamp();
        await Task.Delay(Measured);
        await stop.CancelAsync();
        var records = (await Task.WhenAll(callers)).Sum();
        Report(name, records, Stopwatch.GetElapsedTime(started), commitMs);
    }

    // There is one append at a time.
    private static void Watch(HookedStore store, ManualResetEventSlim measuring, List<double> commitMs)
    {
        var started = 0L;
        store.BeforeAppend = () =>
        {
            started = Stopwatch.GetTimestamp();
            return Task.CompletedTask;
        };
        store.AfterAppend = () =>
        {
            if (measuring.IsSet)
            {
                commitMs.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            }
            return Task.CompletedTask;
        };
    }

    private static async Task<long> AppendAsync(PartitionLog log, ManualResetEventSlim measuring, CancellationToken stop)
    {
        var record = new byte[RecordBytes];
        Random.Shared.NextBytes(record);
        var count = 0L;
        while (!stop.IsCancellationRequested)
        {
            var lsn = 0L;
            for (var i = 0; i < BatchRecords; i++)
            {
                lsn = log.Append(record, eventTimeTicks: 1);
            }
            var measured = measuring.IsSet;
            await log.DurableAsync(lsn);
            count += measured ? BatchRecords : 0;
        }
        return count;
    }

    private static void Report(string name, long records, TimeSpan elapsed, List<double> commitMs)
    {
        commitMs.Sort();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{name}: {records / elapsed.TotalSeconds:N0} records/s, {commitMs.Count} commits, " +
            $"p50 {commitMs[commitMs.Count / 2]:N2} ms, p99 {commitMs[commitMs.Count * 99 / 100]:N2} ms"));
    }
}
