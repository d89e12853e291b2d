using Microsoft.Extensions.Logging.Abstractions;
using OrleansBilling.Grains.Log;
using OrleansBilling.Grains.Partitions;
using OrleansBilling.Simulation.Checks;
using OrleansBilling.Simulation.Cluster;
using OrleansBilling.Simulation.Running;
using OrleansBilling.Simulation.Storage;

namespace OrleansBilling.Simulation.Regressions;

/// <summary>One silo's writer and host with one partition in a calm world, for stories that a test tells itself.</summary>
internal sealed class LoneSilo : IDisposable
{
    private readonly LogWriter _writer;

    public LoneSilo(ulong seed = 1, TimeSpan? confirmedFor = null)
    {
        World = new(seed, Mutation.None, null, RunPlan.Calm(partitions: 1, silos: 1));
        Image = new(1, Mutation.None, new Ledger(1, World.Timeline, World.Findings));
        Image.Begin(Fleet.BeginningOf(1)[0]);
        Process = World.NewProcess("silo");
        Clock = new(World, Process, TimeSpan.Zero);
        var connection = new SimulatedStore(World, Image) { Healthy = true }.Connect("silo");
        _writer = new(connection, Clock, scheduler: Process);
        var options = new PartitionOptions { Count = 1, ConfirmedFor = confirmedFor ?? Timeout.InfiniteTimeSpan };
        Host = new(connection, _writer, options, Clock, NullLogger<PartitionHost>.Instance);
    }

    public World World { get; }

    public StoreImage Image { get; }

    public SimulatedProcess Process { get; }

    public SimulatedClock Clock { get; }

    public PartitionHost Host { get; }

    /// <summary>Runs in the silo, to the end.</summary>
    public void Run(Func<Task> story)
    {
        var over = false;
        Process.Start(async () =>
        {
            await Host.OpenAsync(CancellationToken.None);
            await story();
            over = true;
        });
        Assert.True(World.RunUntil(() => over, TimeSpan.FromMinutes(1)), string.Join('\n', World.Findings.All));
    }

    public void Dispose() => _writer.ForgetMetrics();
}
