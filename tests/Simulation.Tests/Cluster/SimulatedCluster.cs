using OrleansBilling.Simulation.Checks;
using OrleansBilling.Simulation.Running;
using OrleansBilling.Simulation.Storage;

namespace OrleansBilling.Simulation.Cluster;

/// <summary>The silos, their store and network, and who thinks that which silo owns which partition.</summary>
internal sealed class SimulatedCluster
{
    private static readonly TimeSpan LookAround = TimeSpan.FromMilliseconds(250);
    private readonly World _world;
    private readonly int[] _owner;
    private readonly int[] _missed;
    private readonly bool[] _dismissed;
    private readonly int?[] _alsoOwner;

    public SimulatedCluster(World world, Ledger ledger)
    {
        _world = world;
        var image = new StoreImage(world.Plan.Partitions, world.Mutation, ledger);
        foreach (var segment in Fleet.BeginningOf(world.Plan.Partitions))
        {
            image.Begin(segment);
        }
        Store = new(world, image);
        Network = new(world, this);
        Silos = [.. Enumerable.Range(0, world.Plan.Silos).Select(n => new SimulatedSilo(world, this, ledger, n))];
        _owner = [.. Enumerable.Range(0, world.Plan.Partitions).Select(p => p % Silos.Count)];
        _alsoOwner = new int?[world.Plan.Partitions];
        _missed = new int[Silos.Count];
        _dismissed = new bool[Silos.Count];
    }

    public SimulatedStore Store { get; }

    public Network Network { get; }

    public IReadOnlyList<SimulatedSilo> Silos { get; }

    public void Start()
    {
        foreach (var silo in Silos)
        {
            silo.Start();
        }
        for (var partition = 0; partition < _owner.Length; partition++)
        {
            Silos[_owner[partition]].Wake(partition);
        }
        _world.Timeline.In(LookAround, Watch);
    }

    /// <summary>Calls a partition where the caller believes that it is.</summary>
    public Task<T> Call<T>(int from, int partition, Func<SimulatedPartition, Task<T>> serve) =>
        CallAt(from, Route(partition), partition, serve);

    /// <summary>Calls a partition on a silo, whether it belongs there or not.</summary>
    public Task<T> CallAt<T>(int from, int silo, int partition, Func<SimulatedPartition, Task<T>> serve) =>
        Network.Call(from, silo, s => serve(s.Partitions[partition]));

    /// <summary>Moves a partition in good order.</summary>
    public void Move(int partition, int to)
    {
        var from = _owner[partition];
        if (from == to || !Silos[to].Running)
        {
            return;
        }
        _owner[partition] = to;
        _world.Trace.Add("move", partition, from, to);
        if (Silos[from].Running)
        {
            Silos[from].Process.Start(Silos[from].Partitions[partition].HandOver);
        }
        Silos[to].Wake(partition);
    }

    /// <summary>For a while the directory knows two owners.</summary>
    public void SplitView(int partition, int? alsoOwner)
    {
        _alsoOwner[partition] = alsoOwner;
        _world.Trace.Add("split view", partition, alsoOwner ?? -1);
    }

    /// <summary>Who should have a partition now.</summary>
    public SimulatedSilo OwnerOf(int partition) => Silos[_owner[partition]];

    /// <summary>Whether the membership has given a silo up.</summary>
    public bool IsDismissed(int silo) => _dismissed[silo];

    /// <summary>A silo that is about to stop owns nothing from now on.</summary>
    public void Leave(int silo) => Dismiss(silo);

    /// <summary>A silo that starts is a new member.</summary>
    public void Start(int silo)
    {
        _missed[silo] = 0;
        _dismissed[silo] = false;
        Silos[silo].Start();
        if (_world.Dice.Chance(500))
        {
            Move(_world.Dice.Next(_owner.Length), silo);
        }
    }

    private int Route(int partition)
    {
        if (!Network.Healthy && _world.Dice.Chance(_world.Plan.Misrouted))
        {
            return _world.Dice.Next(Silos.Count);
        }
        return _alsoOwner[partition] is { } other && _world.Dice.Chance(500) ? other : _owner[partition];
    }

    /// <summary>Failure detection: who misses some looks in a row is dismissed, and its partitions go to others.</summary>
    private void Watch()
    {
        for (var n = 0; n < Silos.Count; n++)
        {
            _missed[n] = Silos[n].Running && !Silos[n].Paused ? 0 : _missed[n] + 1;
            if (_missed[n] >= 4 && !_dismissed[n])
            {
                Dismiss(n);
            }
        }
        for (var partition = 0; partition < _owner.Length; partition++)
        {
            Reassign(partition);
            Keep(partition);
        }
        _world.Timeline.In(LookAround, Watch);
    }

    /// <summary>As the keepers of the silos: wakes what sleeps where it belongs, hands over what is where it does not.</summary>
    private void Keep(int partition)
    {
        foreach (var silo in Silos.Where(s => s.Running && !s.Paused))
        {
            var active = silo.Partitions[partition].Active;
            if (silo.Number == _owner[partition] && !active)
            {
                silo.Wake(partition);
            }
            else if (silo.Number != _owner[partition] && active && _alsoOwner[partition] is null && _world.Dice.Chance(250))
            {
                silo.Process.Start(silo.Partitions[partition].HandOver);
            }
        }
    }

    private void Dismiss(int silo)
    {
        _dismissed[silo] = true;
        _world.Trace.Add("dismiss", silo);
    }

    private void Reassign(int partition)
    {
        if (!_dismissed[_owner[partition]])
        {
            return;
        }
        var members = Silos.Where(s => !_dismissed[s.Number] && s.Running).ToArray();
        if (members.Length > 0)
        {
            var next = _world.Dice.Pick(members);
            _owner[partition] = next.Number;
            _world.Trace.Add("reassign", partition, next.Number);
            next.Wake(partition);
        }
    }
}
