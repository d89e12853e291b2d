using OrleansBilling.Simulation.Cluster;
using OrleansBilling.Simulation.Running;

namespace OrleansBilling.Simulation.Faults;

/// <summary>Makes trouble, then mends all of it.</summary>
internal sealed class Nemesis
{
    private readonly World _world;
    private readonly SimulatedCluster _cluster;
    private readonly Action[] _strikes;
    private bool _over;

    public Nemesis(World world, SimulatedCluster cluster)
    {
        _world = world;
        _cluster = cluster;
        _strikes = [.. Strikes(world.Plan)];
    }

    /// <summary>Strikes so far.</summary>
    public int Count { get; private set; }

    public void Start() => _world.Timeline.In(_world.Dice.Milliseconds(100, 1_200), Strike);

    /// <summary>No more trouble: everything runs, everything passes.</summary>
    public void Heal()
    {
        _over = true;
        _world.Trace.Add("heal");
        _cluster.Store.Healthy = true;
        _cluster.Store.Down = false;
        _cluster.Network.Healthy = true;
        for (var partition = 0; partition < _world.Plan.Partitions; partition++)
        {
            _cluster.SplitView(partition, null);
        }
        foreach (var silo in _cluster.Silos)
        {
            silo.Connection.Cut = false;
            if (silo.Running && silo.Paused)
            {
                Resume(silo, silo.Process);
            }
            if (!silo.Running)
            {
                _cluster.Start(silo.Number);
            }
        }
    }

    private IEnumerable<Action> Strikes(RunPlan plan)
    {
        if (plan.Crashes)
        {
            yield return () => Crash(AnySilo());
            yield return () => Crash(AnySilo());
            yield return CrashSometimesAll;
        }
        if (plan.Pauses)
        {
            yield return Pause;
            yield return Pause;
        }
        if (plan.Outages)
        {
            yield return StopStore;
        }
        if (plan.Moves)
        {
            yield return () => _cluster.Move(AnyPartition(), _world.Dice.Next(plan.Silos));
        }
        if (plan.Cuts)
        {
            yield return CutFromStore;
            yield return CutFromSilo;
        }
        if (plan.SplitViews)
        {
            yield return SplitView;
        }
        if (plan.Stops)
        {
            yield return Stop;
        }
        if (plan.ClockJumps)
        {
            yield return () => AnySilo().Clock.Jump(_world.Dice.Milliseconds(-4_000, 4_000));
        }
    }

    private void Strike()
    {
        if (_over || _strikes.Length == 0)
        {
            return;
        }
        Count++;
        _world.Dice.Pick(_strikes)();
        _world.Timeline.In(_world.Dice.Milliseconds(50, 1_800), Strike);
    }

    private SimulatedSilo AnySilo() => _world.Dice.Pick(_cluster.Silos);

    private int AnyPartition() => _world.Dice.Next(_world.Plan.Partitions);

    private void CrashSometimesAll()
    {
        if (_world.Dice.Chance(300))
        {
            foreach (var silo in _cluster.Silos)
            {
                Crash(silo);
            }
        }
    }

    /// <summary>It comes back before or after its failure is noticed.</summary>
    private void Crash(SimulatedSilo silo)
    {
        if (!silo.Running)
        {
            return;
        }
        silo.Crash();
        Later(_world.Dice.Chance(300) ? 100 : 4_000, () => StartAgain(silo));
    }

    private void StartAgain(SimulatedSilo silo)
    {
        if (!silo.Running)
        {
            _cluster.Start(silo.Number);
        }
    }

    private void Pause()
    {
        var silo = AnySilo();
        if (silo.Running && !silo.Paused)
        {
            var process = silo.Process;
            silo.Pause();
            Later(5_000, () => Resume(silo, process));
        }
    }

    /// <summary>A silo that was dismissed meanwhile goes on for a while before it notices, and then ends itself.</summary>
    private void Resume(SimulatedSilo silo, SimulatedProcess process)
    {
        if (process.Dead || !process.Paused)
        {
            return;
        }
        silo.Resume();
        if (_cluster.IsDismissed(silo.Number))
        {
            _world.Timeline.In(_world.Dice.Milliseconds(1, 2_000), () =>
            {
                if (!process.Dead)
                {
                    silo.Crash();
                    _cluster.Start(silo.Number);
                }
            });
        }
    }

    private void Stop()
    {
        var silo = AnySilo();
        if (silo.Running && !silo.Paused)
        {
            _cluster.Leave(silo.Number);
            silo.Stop(_world.Dice.Milliseconds(100, 4_000), () => Later(4_000, () => StartAgain(silo)));
        }
    }

    private void StopStore()
    {
        _cluster.Store.Down = true;
        _world.Trace.Add("store down");
        Later(4_000, () =>
        {
            _cluster.Store.Down = false;
            _world.Trace.Add("store up");
        });
    }

    private void CutFromStore()
    {
        var connection = AnySilo().Connection;
        connection.Cut = true;
        _world.Trace.Add("store cut");
        Later(5_000, () => connection.Cut = false);
    }

    private void CutFromSilo()
    {
        var (from, to) = (AnySilo().Number, AnySilo().Number);
        _cluster.Network.Cut(from, to);
        _world.Trace.Add("cut", from, to);
        Later(5_000, () => _cluster.Network.Mend(from, to));
    }

    private void SplitView()
    {
        var partition = AnyPartition();
        _cluster.SplitView(partition, AnySilo().Number);
        Later(4_000, () => _cluster.SplitView(partition, null));
    }

    private void Later(int milliseconds, Action what) => _world.Timeline.In(_world.Dice.Milliseconds(1, milliseconds), what);
}
