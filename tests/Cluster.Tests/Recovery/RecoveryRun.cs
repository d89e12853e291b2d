using System.Globalization;
using System.Text.Json.Nodes;
using OrleansBilling.Cluster.Tests.Chaos.Journals;
using OrleansBilling.Cluster.Tests.Chaos.Processes;
using OrleansBilling.Cluster.Tests.Chaos.Workload;

namespace OrleansBilling.Cluster.Tests.Recovery;

/// <summary>Fills a cluster, disturbs it in every ordinary way, and tells what that costs.</summary>
internal sealed class RecoveryRun : IDisposable
{
    /// <summary>After an event until the next: pauses that begin later are not its own.</summary>
    private static readonly TimeSpan Settle = TimeSpan.FromSeconds(3);

    private readonly RecoveryOptions _options;
    private readonly TimeProvider _time;
    private readonly Action<string> _say;
    private readonly string _directory;
    private readonly JournalWriter _journal;
    private readonly GatewayList _gateways = new();
    private readonly AnswerCounts _answers = new();
    private readonly TenantWorld _tenant;
    private readonly Probes _probes;
    private readonly List<Measured> _measured = [];
    private readonly List<string> _figures = [];

    private RecoveryRun(RecoveryOptions options, TimeProvider time, Action<string> say)
    {
        (_options, _time, _say) = (options, time, say);
        _directory = options.Keep is { } keep
            ? Directory.CreateDirectory(keep).FullName
            : Directory.CreateTempSubdirectory("orleansbilling-recovery-").FullName;
        _journal = new(Path.Combine(_directory, "journal.jsonl"), time);
        _tenant = new("fleet", testClock: false, time);
        _probes = new(_tenant, options.Partitions, _journal, time);
    }

    /// <summary>Measures everything once, or as often as asked.</summary>
    public static async Task RunAsync(RecoveryOptions options, TimeProvider time, Action<string> say)
    {
        using var run = new RecoveryRun(options, time, say);
        await run.RunAsync();
    }

    public void Dispose()
    {
        _probes.Dispose();
        _journal.Dispose();
        if (_options.Keep is null)
        {
            Directory.Delete(_directory, recursive: true);
        }
    }

    private async Task RunAsync()
    {
        _say($"recovery {_options}");
        var cluster = await ClusterUnderTest.StartAsync(
            _options.Silos, _options.Gateways, _options.Partitions, _directory, _journal, _gateways);
        await using (cluster)
        {
            var empty = Memory.Of(cluster.Silos);
            await FillAsync();
            TellMemory("after the fill", empty, cluster);
            using var caller = Caller(_tenant.Key);
            _probes.Start(caller);
            await Task.Delay(Settle, _time);
            for (var round = 0; round < _options.Rounds; round++)
            {
                await DisturbAsync(cluster, cluster.Silos[1 + (round % (_options.Silos - 1))]);
            }

            await _probes.StopAsync();
            await StartFromColdAsync(cluster, empty);
        }

        Tell();
    }

    private async Task FillAsync()
    {
        using var server = Caller(ClusterUnderTest.OperatorKey);
        _tenant.Key = await server.CreateTenantAsync(new JsonObject { ["id"] = _tenant.Id }, default);
        using var caller = Caller(_tenant.Key);
        var fleet = new Fleet(_options, caller, _time.GetUtcNow(), _time, Figure);
        var started = _time.GetTimestamp();
        await fleet.PriceAsync(default);
        await fleet.RegisterAsync("probes", _probes.Devices, default);
        await fleet.FillAsync(default);
        Figure(string.Create(CultureInfo.InvariantCulture, $"filled in {_time.GetElapsedTime(started).TotalSeconds:0.0} s"));
    }

    private async Task DisturbAsync(ClusterUnderTest cluster, SiloNode victim)
    {
        await MeasureAsync("a silo stops (SIGTERM)", cluster, victim.TerminateAsync);
        await MeasureAsync("it comes back", cluster, () => StartAsync(victim));
        await MeasureAsync("a silo is killed (SIGKILL)", cluster, victim.KillAsync);
        await MeasureAsync("it comes back", cluster, () => StartAsync(victim));
        var newcomer = cluster.AddSilo();
        await MeasureAsync("one more silo joins", cluster, () => StartAsync(newcomer));
        await MeasureAsync("it leaves (SIGTERM)", cluster, newcomer.TerminateAsync);
    }

    private async Task MeasureAsync(string what, ClusterUnderTest cluster, Func<Task> happens)
    {
        var from = _time.GetUtcNow();
        await happens();
        await cluster.ReadyAsync();
        await Task.Delay(Settle, _time);
        var measured = new Measured(what, from, [.. _probes.Pauses.All.Where(pause => pause.To > from)]);
        _measured.Add(measured);
        _say(measured.ToString());
    }

    private static async Task StartAsync(SiloNode silo)
    {
        silo.Start();
        await Readiness.UntilReadyAsync(silo.ManagementUrl, ClusterUnderTest.ReadyLimit);
    }

    /// <summary>All at once, after an orderly stop and after a crash.</summary>
    private async Task StartFromColdAsync(ClusterUnderTest cluster, long[] empty)
    {
        var last = cluster.Nodes.Where(node => node.IsWanted).ToArray();
        await Task.WhenAll(last.Select(node => node.TerminateAsync()));
        await StartAllAsync("after an orderly stop", cluster);
        TellMemory("after that start", empty, cluster);
        await Task.WhenAll(last.Select(node => node.KillAsync()));
        await StartAllAsync("after all were killed", cluster);
    }

    private async Task StartAllAsync(string when, ClusterUnderTest cluster)
    {
        var started = _time.GetTimestamp();
        await cluster.HealAsync(_options.Silos);
        await cluster.ReadyAsync();
        Figure(string.Create(
            CultureInfo.InvariantCulture, $"all silos and gateways start {when}: every partition answers after "
                + $"{_time.GetElapsedTime(started).TotalSeconds:0.0} s"));
    }

    private void TellMemory(string when, long[] empty, ClusterUnderTest cluster)
    {
        var now = Memory.Of(cluster.Silos);
        Figure(string.Create(
            CultureInfo.InvariantCulture,
            $"memory of the silos {when}: {Memory.Text(now)}; empty they had {Memory.Text(empty)}; the difference is "
                + $"{(double)(now.Sum() - empty.Sum()) / _options.Devices:N0} bytes a device"));
    }

    private void Tell()
    {
        Console.WriteLine($"\nrecovery {_options}");
        _figures.ForEach(Console.WriteLine);
        _measured.ForEach(Console.WriteLine);
        var unclear = string.Join(", ", _answers.Unclear.Select(one => $"{one.Key}: {one.Value}"));
        Console.WriteLine($"answers that clients had to ask for again, of {_answers.Attempts:N0}: {(unclear.Length > 0 ? unclear : "none")}");
    }

    private void Figure(string text)
    {
        _figures.Add(text);
        _say(text);
    }

    private ApiCaller Caller(string key) => new(_gateways, key, new Random(1), _answers);
}
