using OrleansBilling.Contracts.Partitions;
using OrleansBilling.Contracts.Usage;
using OrleansBilling.Simulation.Cluster;
using OrleansBilling.Simulation.Running;

namespace OrleansBilling.Simulation.Clients;

/// <summary>
/// Callers who send events again after every unclear answer, sometimes for no reason, sometimes to two silos at once, and
/// sometimes with other content under the same id.
/// </summary>
internal sealed class SimulatedClients
{
    private const int Clients = 2;
    private const int MostInBatch = 4;
    private static readonly string[] Sights = [.. Enum.GetNames<UsageStatus>().Select(n => $"answered {n}")];
    private readonly World _world;
    private readonly SimulatedCluster _cluster;
    private readonly SimulatedProcess _process;
    private readonly SimulatedClock _clock;
    private readonly List<NotedEvent> _events = [];

    public SimulatedClients(World world, SimulatedCluster cluster)
    {
        _world = world;
        _cluster = cluster;
        _process = world.NewProcess("clients");
        _clock = new(world, _process, TimeSpan.Zero);
    }

    public IReadOnlyList<NotedEvent> Notebook => _events;

    /// <summary>Whether everything was sent and clearly answered.</summary>
    public bool Finished => _events.Count == _world.Plan.Events && _events.TrueForAll(e => e.Settled);

    /// <summary>Answers that left the outcome open.</summary>
    public int Unclear { get; private set; }

    public void Start()
    {
        for (var i = 0; i < Clients; i++)
        {
            _process.Start(Send);
        }
    }

    private async Task Send()
    {
        while (true)
        {
            await Task.Delay(_world.Dice.Milliseconds(1, 200), _clock);
            var batch = Compose(_world.Dice.Next(_world.Plan.Partitions));
            if (batch.Length == 0)
            {
                continue;
            }
            var twice = _world.Dice.Chance(40);
            var first = Report(batch, at: null);
            if (twice)
            {
                var astray = !_cluster.Network.Healthy && _world.Plan.Misrouted > 0;
                await Report(batch, astray ? _world.Dice.Next(_world.Plan.Silos) : null);
            }
            await first;
        }
    }

    private (NotedEvent Event, decimal Value)[] Compose(int partition)
    {
        var batch = new List<(NotedEvent, decimal)>();
        var known = _events.FindAll(e => e.Partition == partition);
        var unsettled = known.FindAll(e => !e.Settled);
        for (var i = _world.Dice.Next(MostInBatch); i >= 0; i--)
        {
            if (_events.Count < _world.Plan.Events && _world.Dice.Chance(500))
            {
                var invented = Invent(partition);
                batch.Add((invented, invented.Value));
            }
            else if (unsettled.Count > 0)
            {
                var again = _world.Dice.Pick(unsettled);
                batch.Add((again, again.Value));
            }
            else if (known.Count > 0 && _world.Dice.Chance(300))
            {
                var again = _world.Dice.Pick(known);
                batch.Add((again, _world.Dice.Chance(250) ? again.Value + 1_000 : again.Value));
            }
        }
        return [.. batch];
    }

    private NotedEvent Invent(int partition)
    {
        var now = _clock.GetUtcNow();
        var age = _world.Dice.Chance(100)
            ? TimeSpan.FromHours(1 + _world.Dice.Next(40))
            : _world.Dice.Milliseconds(0, 6_000);
        var invented = new NotedEvent(
            partition, _world.Dice.Next(Fleet.DevicesPerPartition), $"e{_events.Count}",
            (now - age - DateTimeOffset.UnixEpoch).Ticks, (1 + _world.Dice.Next(900)) / 8m);
        _events.Add(invented);
        return invented;
    }

    private async Task Report((NotedEvent Event, decimal Value)[] items, int? at)
    {
        var partition = items[0].Event.Partition;
        var batch = new UsageBatch(Fleet.Tenant, Array.ConvertAll(items, i => Wire(i.Event, i.Value)));
        try
        {
            var results = at is { } silo
                ? await _cluster.CallAt(Network.Outside, silo, partition, p => p.Report(batch))
                : await _cluster.Call(Network.Outside, partition, p => p.Report(batch));
            for (var i = 0; i < results.Length; i++)
            {
                items[i].Event.Note(items[i].Value, results[i]);
                _world.Saw(Sights[(int)results[i].Status]);
                _world.Trace.Add("answer", partition, (long)results[i].Status, results[i].Position);
                Remark(items[i], results[i]);
            }
        }
        catch (Exception e) when (e is TimeoutException or PartitionUnavailableException)
        {
            Unclear++;
            _world.Trace.Note($"clients got no answer from partition {partition}: {e.Message}");
        }
        catch (Exception e)
        {
            _world.Findings.Add("surprise", $"clients got from partition {partition}: {e}");
        }
    }

    /// <summary>For readers of the trace.</summary>
    private void Remark((NotedEvent Event, decimal Value) item, in UsageResult result)
    {
        if (_world.Trace.IsRead)
        {
            _world.Trace.Note($"clients: {item.Event.Partition}-{item.Event.Device}/{item.Event.Id} = {item.Value} is {result.Status}");
        }
    }

    private static UsageEvent Wire(NotedEvent e, decimal value)
    {
        e.Sent.Add(value);
        return new()
        {
            Id = e.Id,
            Device = Fleet.Device(e.Partition, e.Device),
            Meter = Fleet.Meter,
            UnixTicks = e.UnixTicks,
            Value = value,
        };
    }
}
