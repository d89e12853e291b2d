using Microsoft.Extensions.Logging.Abstractions;
using OrleansBilling.Grains.Log;
using OrleansBilling.Grains.Partitions;
using OrleansBilling.Simulation.Checks;
using OrleansBilling.Simulation.Running;
using OrleansBilling.Simulation.Storage;

namespace OrleansBilling.Simulation.Cluster;

/// <summary>A silo: the product's log writer and partition host in a process that can crash, pause and start anew.</summary>
internal sealed class SimulatedSilo
{
    /// <summary>How long it may answer from memory after the store last confirmed its partitions.</summary>
    public static readonly TimeSpan ConfirmedFor = TimeSpan.FromSeconds(4);

    private static readonly TimeSpan ConfirmEvery = TimeSpan.FromSeconds(1);
    private readonly World _world;
    private readonly SimulatedCluster _cluster;
    private readonly Ledger _ledger;
    private Action _forgetWriter = () => { };
    private Func<ValueTask> _flush = () => default;
    private int _starts;

    public SimulatedSilo(World world, SimulatedCluster cluster, Ledger ledger, int number)
    {
        _world = world;
        _cluster = cluster;
        _ledger = ledger;
        Number = number;
    }

    public int Number { get; }

    public bool Running { get; private set; }

    public bool Paused => Process.Paused;

    public SimulatedProcess Process { get; private set; } = null!;

    public SimulatedClock Clock { get; private set; } = null!;

    public StoreConnection Connection { get; private set; } = null!;

    public PartitionHost Host { get; private set; } = null!;

    public IGrainFactory Grains { get; private set; } = null!;

    public IReadOnlyList<SimulatedPartition> Partitions { get; private set; } = [];

    public void Start()
    {
        Running = true;
        Process = _world.NewProcess($"silo {Number}.{++_starts}");
        Clock = new(_world, Process, _world.Dice.Milliseconds(-300, 300));
        Connection = _cluster.Store.Connect(Process.Name);
        var writer = new LogWriter(Connection, Clock, LogLimits(), Process);
        _forgetWriter = writer.ForgetMetrics;
        _flush = writer.DisposeAsync;
        var options = new PartitionOptions
        {
            Count = _world.Plan.Partitions,
            Owner = Process.Name,
            SnapshotEvery = _world.Plan.SnapshotEvery,
            SnapshotAtHandOver = 1,
            ConfirmedFor = ConfirmedFor,
        };
        Host = new(Connection, writer, options, Clock, NullLogger<PartitionHost>.Instance);
        Grains = GrainDoubles.Factory(target => GrainDoubles.Partition(
            delivery => _cluster.Call(Number, target, p => p.Deliver(delivery)),
            (receiver, epoch) => _cluster.Call(Number, target, p => p.FlushTo(receiver, epoch))));
        Partitions = [.. Enumerable.Range(0, _world.Plan.Partitions)
            .Select(p => new SimulatedPartition(_world, this, _ledger, p))];
        Process.Start(Run);
        _world.Trace.Add("start", Number, _starts);
    }

    /// <summary>SIGKILL: what has left the process may still take effect, nothing else ever happens in it.</summary>
    public void Crash()
    {
        Running = false;
        Process.Kill();
        _forgetWriter();
        _world.Trace.Add("crash", Number, _starts);
    }

    /// <summary>SIGTERM: hands over, flushes, ends; but not for longer than the orchestrator waits.</summary>
    public void Stop(TimeSpan patience, Action ended)
    {
        var process = Process;
        _world.Trace.Add("stop", Number, _starts);
        process.Start(async () =>
        {
            foreach (var partition in Partitions)
            {
                await partition.HandOver();
            }
            await _flush();
            _world.Saw("stopped in good order");
            _world.Timeline.In(TimeSpan.Zero, End);
        });
        _world.Timeline.In(patience, End);

        void End()
        {
            if (!process.Dead)
            {
                Crash();
                ended();
            }
        }
    }

    public void Pause()
    {
        Process.Paused = true;
        _world.Trace.Add("pause", Number);
    }

    public void Resume()
    {
        Process.Paused = false;
        _world.Trace.Add("resume", Number);
    }

    /// <summary>The membership made it the partition's owner.</summary>
    public void Wake(int partition) => Process.Start(async () =>
    {
        try
        {
            await Partitions[partition].Acquire();
        }
        catch (Contracts.Partitions.PartitionUnavailableException e)
        {
            _world.Trace.Note($"{Process.Name} cannot load partition {partition}: {e.Message}");
        }
    });

    private LogWriterOptions LogLimits() => new()
    {
        RetryFor = TimeSpan.FromSeconds(5),
        MaxWaitingBytes = _world.Plan.MostWaiting,
    };

    private async Task Run()
    {
        await Host.OpenAsync(CancellationToken.None);
        foreach (var partition in Partitions)
        {
            Process.Start(partition.Tick);
        }
        while (true)
        {
            await Task.Delay(ConfirmEvery, Clock);
            try
            {
                foreach (var lost in await Host.VerifyOwnership(CancellationToken.None))
                {
                    Partitions[lost].Leave();
                }
            }
            catch (LogException e)
            {
                _world.Trace.Note($"{Process.Name} cannot confirm its ownership: {e.Message}");
            }
        }
    }
}
