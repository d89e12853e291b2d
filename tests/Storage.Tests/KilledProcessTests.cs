using System.Diagnostics;
using System.Globalization;
using OrleansBilling.Grains.Log.Sqlite;
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
    public async Task Every_acknowledged_record_is_there_after_each_of_many_kills_and_no_number_is_missing()
    {
        var random = new Random(Seed);
        for (var round = 0; round < Rounds; round++)
        {
            var acknowledged = await AppendAndKillAsync(linesBeforeKill: random.Next(1, 400));

            await using var store = new SqlitePartitionStore(DataPath);
            await store.OpenAsync(Program.PartitionCount, CancellationToken.None);
            foreach (var (partition, lsn) in acknowledged)
            {
                var records = (await store.RecordsAsync(partition)).Count;
                Assert.True(records >= lsn, $"Round {round}: LSN {lsn} of {partition} was lost; {records} are left.");
                Assert.Equal(records, (await store.TakeAsync(partition)).LastLsn);
            }
        }
    }

    [Fact]
    public async Task A_second_process_is_refused_while_the_file_is_open()
    {
        await using var store = new SqlitePartitionStore(DataPath);
        await store.OpenAsync(Program.PartitionCount, CancellationToken.None);

        using var second = Start("open");

        var output = await second.StandardOutput.ReadToEndAsync();
        Assert.Contains("in use by another process", output, StringComparison.Ordinal);
        await second.WaitForExitAsync();
        Assert.Equal(3, second.ExitCode);
    }

    private async Task<Dictionary<int, long>> AppendAndKillAsync(int linesBeforeKill)
    {
        using var process = Start("append");
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

    private Process Start(string command)
    {
        var host = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
        var start = new ProcessStartInfo(host) { RedirectStandardOutput = true };
        foreach (var argument in new[] { "exec", typeof(Program).Assembly.Location, command, DataPath })
        {
            start.ArgumentList.Add(argument);
        }
        return Process.Start(start)!;
    }
}
