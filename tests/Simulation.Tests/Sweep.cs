using System.Collections.Concurrent;

namespace OrleansBilling.Simulation;

/// <summary>Many seeds, several at once; each simulation stays on one thread.</summary>
internal sealed class Sweep(ulong from, ulong count, int cores, Mutation mutation)
{
    private readonly ConcurrentBag<RunResult> _failures = [];
    private long _next;
    private long _done;
    private long _failed;
    private long _steps;
    private long _strikes;
    private long _answers;
    private long _unclear;

    public IEnumerable<RunResult> Failures => _failures;

    public long Done => Interlocked.Read(ref _done);

    public long Failed => Interlocked.Read(ref _failed);

    public long Steps => Interlocked.Read(ref _steps);

    public long Strikes => Interlocked.Read(ref _strikes);

    public long Answers => Interlocked.Read(ref _answers);

    public long Unclear => Interlocked.Read(ref _unclear);

    /// <summary>Stops early once this many seeds have failed.</summary>
    public int Enough { get; init; } = int.MaxValue;

    /// <summary>What counts as a failure; any finding unless told.</summary>
    public Func<RunResult, bool> Fails { get; init; } = result => result.Findings.Count > 0;

    /// <summary>In how many simulations each kind of thing happened.</summary>
    public ConcurrentDictionary<string, int> Sights { get; } = new();

    /// <param name="progress">Told now and then how many are done and how many failed.</param>
    public void Run(Action<long, long>? progress = null)
    {
        var threads = Enumerable.Range(0, cores).Select(_ => new Thread(Work)).ToArray();
        foreach (var thread in threads)
        {
            thread.Start();
        }
        foreach (var thread in threads)
        {
            while (!thread.Join(TimeSpan.FromSeconds(10)))
            {
                progress?.Invoke(Done, Failed);
            }
        }
    }

    private void Work()
    {
        while (Failed < Enough && (ulong)(Interlocked.Increment(ref _next) - 1) is var n && n < count)
        {
            var result = Execute(from + n);
            Interlocked.Increment(ref _done);
            Interlocked.Add(ref _steps, result.Steps);
            Interlocked.Add(ref _strikes, result.Strikes);
            Interlocked.Add(ref _answers, result.Answers);
            Interlocked.Add(ref _unclear, result.Unclear);
            foreach (var sight in result.Sights)
            {
                Sights.AddOrUpdate(sight, 1, (_, n) => n + 1);
            }
            if (Fails(result))
            {
                Interlocked.Increment(ref _failed);
                if (_failures.Count < 1_000)
                {
                    _failures.Add(result);
                }
            }
        }
    }

    private RunResult Execute(ulong seed)
    {
        try
        {
            return SimulationRun.Execute(seed, mutation);
        }
        catch (Exception broken)
        {
            return new(seed, 0, 0, 0, 0, 0, new HashSet<string>(), [new("broken", broken.ToString())]);
        }
    }
}
