using OrleansBilling.Cluster.Tests.Chaos.Journals;
using OrleansBilling.Cluster.Tests.Chaos.Processes;

namespace OrleansBilling.Cluster.Tests.Chaos.Nemeses;

/// <summary>
/// Breaks the cluster by a seeded plan: every kind once in random order, then by chance. Some faults come alone, so that
/// what they cost can be told apart; some overlap.
/// </summary>
internal sealed partial class Nemesis(
    ClusterUnderTest cluster, int silos, IReadOnlyList<FaultKind> kinds, JournalWriter journal, Random random, TimeProvider time, Action<string> say)
{
    private const int MostAtOnce = 3;
    private readonly Lock _gate = new();
    private readonly HashSet<string> _claimed = new(StringComparer.Ordinal);
    private readonly List<Task> _running = [];
    private int _number;

    /// <summary>Faults begun, by kind.</summary>
    public Dictionary<FaultKind, int> Counts { get; } = [];

    /// <summary>Breaks things for a while; at the end nothing is broken any more.</summary>
    public async Task RunAsync(TimeSpan duration, CancellationToken stop)
    {
        var plan = new Queue<FaultKind>(kinds.OrderBy(_ => random.Next()));
        var started = time.GetTimestamp();
        while (time.GetElapsedTime(started) < duration && !stop.IsCancellationRequested)
        {
            var kind = plan.TryDequeue(out var next) ? next : Pick();
            await BeginAsync(Make(kind), alone: random.Next(10) < 6, stop);
            await PauseAsync(1, 6, stop);
        }

        await Task.WhenAll(_running);
    }

    /// <summary>The gravest are rarer: they leave no time for the others.</summary>
    private FaultKind Pick()
    {
        var kind = kinds[random.Next(kinds.Count)];
        return kind is FaultKind.Scale or FaultKind.RollSilos && random.Next(3) > 0 ? kinds[random.Next(kinds.Count)] : kind;
    }

    private async Task BeginAsync(Fault fault, bool alone, CancellationToken stop)
    {
        if (alone)
        {
            await Task.WhenAll(_running);
            await PauseAsync(2, 3, stop);
        }

        while (!TryClaim(fault.Claims))
        {
            await Task.WhenAny(_running);
            _running.RemoveAll(running => running.IsCompleted);
        }

        var task = DoAsync(fault);
        _running.Add(task);
        if (alone)
        {
            await task;
            await PauseAsync(3, 5, stop);
        }
    }

    private async Task DoAsync(Fault fault)
    {
        var number = Interlocked.Increment(ref _number);
        lock (_gate)
        {
            Counts[fault.Kind] = Counts.GetValueOrDefault(fault.Kind) + 1;
        }

        say($"fault {number}: {fault.Kind} {fault.Target}");
        journal.Write(new FaultBegan(number, fault.Kind.ToString(), fault.Target));
        try
        {
            await fault.Do();
        }
        finally
        {
            journal.Write(new FaultEnded(number));
            Release(fault.Claims);
        }
    }

    private bool TryClaim(string[] claims)
    {
        lock (_gate)
        {
            if (_claimed.Overlaps(claims) || _running.Count(running => !running.IsCompleted) >= MostAtOnce)
            {
                return false;
            }

            _claimed.UnionWith(claims);
            return true;
        }
    }

    private void Release(string[] claims)
    {
        lock (_gate)
        {
            _claimed.ExceptWith(claims);
        }
    }

    private Task PauseAsync(double least, double most, CancellationToken stop) =>
        Task.Delay(Between(least, most), time, stop).ContinueWith(_ => { }, TaskScheduler.Default);

    private TimeSpan Between(double least, double most)
    {
        lock (_gate)
        {
            return TimeSpan.FromSeconds(least + (random.NextDouble() * (most - least)));
        }
    }

    private bool Chance(int percent)
    {
        lock (_gate)
        {
            return random.Next(100) < percent;
        }
    }
}
