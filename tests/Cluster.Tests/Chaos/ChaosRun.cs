using OrleansBilling.Cluster.Tests.Chaos.Checking;
using OrleansBilling.Cluster.Tests.Chaos.Journals;
using OrleansBilling.Cluster.Tests.Chaos.Nemeses;
using OrleansBilling.Cluster.Tests.Chaos.Processes;
using OrleansBilling.Cluster.Tests.Chaos.Workload;

namespace OrleansBilling.Cluster.Tests.Chaos;

/// <summary>One run: start, use, break, heal, settle, check.</summary>
internal sealed class ChaosRun : IDisposable
{
    /// <summary>After everything is healed; a retry that is on its way has its own time-out, and more.</summary>
    private static readonly TimeSpan HealedLimit = TimeSpan.FromMinutes(3);

    private readonly ChaosOptions _options;
    private readonly TimeProvider _time;
    private readonly Action<string> _say;
    private readonly string _directory;
    private readonly JournalWriter _journal;
    private readonly Workloads _workload;
    private readonly GatewayList _gateways = new();
    private Nemesis? _nemesis;
    private TimeSpan _used;

    private ChaosRun(ChaosOptions options, TimeProvider time, Action<string> say)
    {
        (_options, _time, _say) = (options, time, say);
        _directory = options.Keep is { } keep
            ? Directory.CreateDirectory(keep).FullName
            : Directory.CreateTempSubdirectory("orleansbilling-chaos-").FullName;
        _journal = new(Path.Combine(_directory, "journal.jsonl"), time);
        _journal.Write(new RunStarted(options.Seed, options.ToString()));
        _workload = new(
            _gateways, new(options.Seed, options.EventsPerSecond, options.Partitions), _journal, time);
    }

    /// <summary>Runs to the end, whatever breaks in it.</summary>
    public static async Task<ChaosResult> RunAsync(ChaosOptions options, TimeProvider time, Action<string> say)
    {
        using var run = new ChaosRun(options, time, say);
        return await run.RunAsync();
    }

    public void Dispose()
    {
        _workload.Dispose();
        _journal.Dispose();
    }

    private async Task<ChaosResult> RunAsync()
    {
        _say($"chaos {_options}");
        IReadOnlyList<string> findings;
        Summary summary;
        var cluster = await ClusterUnderTest.StartAsync(
            _options.Silos, _options.Gateways, _options.Partitions, _directory, _journal, _gateways);
        await using (cluster)
        {
            findings = await UseAsync(cluster);
            summary = new Summary(_options, _workload, _nemesis, _used, Journal.Read(_journal.Path));
            if (findings.Count > 0)
            {
                await cluster.KeepDatabaseAsync(Path.Combine(_directory, "postgres"));
            }
        }

        return Finish(findings, summary.ToString());
    }

    private async Task<IReadOnlyList<string>> UseAsync(ClusterUnderTest cluster)
    {
        try
        {
            using var limit = new CancellationTokenSource(HealedLimit, _time);
            await _workload.SetUpAsync(ClusterUnderTest.OperatorKey, limit.Token);
            _say("set up; clients start");
            await BreakAsync(cluster);
            await cluster.HealAsync(_options.Silos);
            await cluster.ReadyAsync();
            _say("healed; clients finish");
            await _workload.StopAsync(HealedLimit);
            await _workload.SettleAsync(HealedLimit);
            _say("settled; checking");
            return await CheckAsync();
        }
        catch (Exception e)
        {
            return [$"The run broke: {e}"];
        }
    }

    private async Task BreakAsync(ClusterUnderTest cluster)
    {
        var started = _time.GetTimestamp();
        _workload.Start();
        using var stop = new CancellationTokenSource();
        _nemesis = new Nemesis(
            cluster, _options.Silos, _options.Only, _journal, new Random(_options.Seed), _time, _say);
        var breaking = _nemesis.RunAsync(_options.Duration, stop.Token);
        var broken = _workload.Broken();
        if (await Task.WhenAny(breaking, broken) == broken)
        {
            await stop.CancelAsync();
            await breaking;
            await broken;
        }

        await breaking;
        _used = _time.GetElapsedTime(started);
    }

    /// <summary>A wall clock goes on: what closes between two reads is read again, once.</summary>
    private async Task<IReadOnlyList<string>> CheckAsync()
    {
        _journal.Flush();
        var knowledge = Knowledge.Of(Journal.Read(_journal.Path));
        IReadOnlyList<string> findings = [];
        for (var attempt = 0; attempt < 2; attempt++)
        {
            var published = new List<Published>();
            foreach (var tenant in new[] { _workload.Test, _workload.Wall })
            {
                using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(10), _time);
                var reader = new PublishedReader(
                    tenant.Id, _workload.Reader(tenant), new Random(_options.Seed), limit.Token);
                published.Add(await reader.ReadAsync());
            }

            findings = Checker.Check(knowledge, published);
            if (findings.Count == 0)
            {
                break;
            }

            _say($"{findings.Count} findings; reading again");
        }

        return findings;
    }

    private ChaosResult Finish(IReadOnlyList<string> findings, string summary)
    {
        _journal.Dispose();
        if (findings.Count == 0 && _options.Keep is null)
        {
            Directory.Delete(_directory, recursive: true);
            return new(findings, summary, null);
        }

        File.WriteAllText(Path.Combine(_directory, "summary.txt"), summary);
        File.WriteAllLines(Path.Combine(_directory, "findings.txt"), findings);
        return new(findings, summary, _directory);
    }
}
