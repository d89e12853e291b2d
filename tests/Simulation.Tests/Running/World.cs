using OrleansBilling.Simulation.Checks;

namespace OrleansBilling.Simulation.Running;

/// <summary>All that one simulation shares; nothing is shared between two.</summary>
internal sealed class World
{
    /// <summary>Where virtual time begins: shortly before a billing period ends.</summary>
    public static readonly DateTimeOffset Begin = new(2026, 1, 31, 23, 59, 54, TimeSpan.Zero);

    private const long MostSteps = 3_000_000;
    private readonly List<SimulatedProcess> _processes = [];
    private volatile string? _escape;

    private readonly HashSet<string> _sights = new(StringComparer.Ordinal);

    /// <param name="plan">Drawn from the dice when null.</param>
    public World(ulong seed, Mutation mutation, TextWriter? text, RunPlan? plan = null)
    {
        Dice = new(seed);
        Mutation = mutation;
        Trace = new(Timeline, text);
        Findings = new(Trace);
        Plan = plan ?? RunPlan.Draw(Dice);
    }

    public Dice Dice { get; }

    public Mutation Mutation { get; }

    public Timeline Timeline { get; } = new();

    public Trace Trace { get; }

    public Findings Findings { get; }

    public RunPlan Plan { get; }

    /// <summary>Kinds of things that happened: a simulation proves nothing about what never happens in it.</summary>
    public IReadOnlySet<string> Sights => _sights;

    /// <summary>Steps taken: tasks run and instants reached.</summary>
    public long Steps { get; private set; }

    public void Saw(string sight) => _sights.Add(sight);

    public SimulatedProcess NewProcess(string name)
    {
        var process = new SimulatedProcess(this, name);
        _processes.RemoveAll(p => p.Dead);
        _processes.Add(process);
        return process;
    }

    /// <summary>Something runs on another thread: it would not repeat. Told here, because whoever notices is on that thread.</summary>
    public void Escaped() => _escape ??= Environment.StackTrace;

    /// <summary>Runs until the condition holds.</summary>
    /// <returns>False when time, or what can happen, ran out first.</returns>
    public bool RunUntil(Func<bool> done, TimeSpan within)
    {
        // Of a test runner: continuations would prefer it to the process they belong to.
        var outer = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            return RunUntil(done, Timeline.Now + within.Ticks);
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(outer);
        }
    }

    private bool RunUntil(Func<bool> done, long end)
    {
        while (!done())
        {
            if (Timeline.Now > end || !Step())
            {
                return false;
            }
        }
        return true;
    }

    private bool Step()
    {
        Steps++;
        if (Steps > MostSteps)
        {
            throw new InvalidOperationException("The simulation does not end; something waits without letting time pass.");
        }
        if (_escape is { } escape)
        {
            throw new InvalidOperationException($"A task left the thread of the simulation: {escape}");
        }
        var ready = 0;
        foreach (var process in _processes)
        {
            ready += process.CanRun ? 1 : 0;
        }
        if (ready == 0)
        {
            return Timeline.Advance();
        }
        var chosen = Dice.Next(ready);
        foreach (var process in _processes)
        {
            if (process.CanRun && chosen-- == 0)
            {
                process.RunOne();
                break;
            }
        }
        return true;
    }
}
