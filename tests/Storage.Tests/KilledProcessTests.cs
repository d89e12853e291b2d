using System.Diagnostics;
using System.Globalization;
using OrleansBilling.Grains.Log;
using OrleansBilling.Grains.Log.PostgreSql;
using OrleansBilling.Grains.Log.Sqlite;
using OrleansBilling.Storage.Tests.Places;
using Xunit;

namespace OrleansBilling.Storage.Tests;

/// <summary>A real process is killed while it appends; see <see cref="Program"/>.</summary>
public sealed class KilledProcessTests : IDisposable
{
    private const int Rounds = 12;
    private const int Seed = 20_260;

    private readonly TempDirectory _directory = new();

    private string DataPath => _directory["billing.db"];

    public void Dispose() => _directory.Dispose();

    [Fact]
    public Task Every_acknowledged_record_is_there_after_each_of_many_kills_and_no_number_is_missing() =>
        KillManyAsync(DataPath, () => new SqlitePartitionStore(DataPath));

    [Fact]
    public async Task Records_acknowledged_by_a_server_are_there_after_each_kill_of_its_client_and_no_lock_is_left()
    {
        await using var place = new PostgresPlace();
        await place.PrepareAsync();

        await KillManyAsync(place.ConnectionString, () => new PostgresPartitionStore(
            place.ConnectionString, new() { CommandTimeout = TimeSpan.FromSeconds(5) }));
    }

    private static async Task KillManyAsync(string place, Func<IPartitionStore> createStore)
    {
        var random = new Random(Seed);
        for (var round = 0; round < Rounds; round++)
        {
            var acknowledged = await AppendAndKillAsync(place, linesBeforeKill: random.Next(1, 400));

            await using var store = createStore();
            await store.OpenAsync(Program.PartitionCount, CancellationToken.None);
            foreach (var (partition, lsn) in acknowledged)
            {
                // Owned first: the killed process' last append may still be under way at a server.
                var lastLsn = (await store.TakeAsync(partition)).LastLsn;
                var records = (await store.RecordsAsync(partition)).Count;
                Assert.True(records >= lsn, $"Round {round}: LSN {lsn} of {partition} was lost; {records} are left.");
                Assert.Equal(records, lastLsn);
            }
        }
    }

    [Fact]
    public async Task A_second_process_is_refused_while_the_file_is_open()
    {
        await using var store = new SqlitePartitionStore(DataPath);
        await store.OpenAsync(Program.PartitionCount, CancellationToken.None);

        using var second = Start("open", DataPath);

        var output = await second.StandardOutput.ReadToEndAsync();
        Assert.Contains("in use by another process", output, StringComparison.Ordinal);
        await second.WaitForExitAsync();
        Assert.Equal(3, second.ExitCode);
    }

    private static async Task<Dictionary<int, long>> AppendAndKillAsync(string place, int linesBeforeKill)
    {
        using var process = Start("append", place);
        var acknowledged = new Dictionary<int, long>();
        var lines = 0;
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            // The last line may be cut off; a number cut short is still one that was acknowledged.
            var parts = line.Split(' ');
            if (parts.Length == 2 && long.TryParse(parts[1], CultureInfo.InvariantCulture, out var lsn))
            {
                var partition = int.Parse(parts[0], CultureInfo.InvariantCulture);
                acknowledged[partition] = Math.Max(acknowledged.GetValueOrDefault(partition), lsn);
            }
            if (++lines == linesBeforeKill)
            {
                process.Kill();
            }
        }
        await process.WaitForExitAsync();
        Assert.True(lines >= linesBeforeKill, "The process ended by itself.");
        return acknowledged;
    }

    private static Process Start(string command, string place)
    {
        var host = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
        var start = new ProcessStartInfo(host) { RedirectStandardOutput = true };
        foreach (var argument in new[] { "exec", typeof(Program).Assembly.Location, command, place })
        {
            start.ArgumentList.Add(argument);
        }
        return Process.Start(start)!;
    }
}
