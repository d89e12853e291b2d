using OrleansBilling.Cluster.Tests.Chaos.Journals;
using OrleansBilling.Tests.Support;

namespace OrleansBilling.Cluster.Tests.Chaos.Processes;

/// <summary>
/// A process of the cluster that is kept running, as an orchestrator would: when it ends and nobody wanted it to, it is
/// started again a second later, and that is written down.
/// </summary>
internal abstract class Node(string name, ClusterSettings settings, JournalWriter journal) : IAsyncDisposable
{
    private static readonly TimeSpan RestartDelay = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(35);
    private readonly Lock _gate = new();
    private ServerProcess? _process;
    private bool _wanted;

    public string Name { get; } = name;

    /// <summary>Whether it is meant to run now.</summary>
    public bool IsWanted
    {
        get
        {
            lock (_gate)
            {
                return _wanted;
            }
        }
    }

    public string LogPath => Path.Combine(settings.LogDirectory, Name + ".log");

    protected ClusterSettings Settings => settings;

    public int? ProcessId
    {
        get
        {
            lock (_gate)
            {
                return _process?.Id;
            }
        }
    }

    /// <summary>Starts the process; no matter if it runs.</summary>
    public void Start()
    {
        lock (_gate)
        {
            _wanted = true;
            if (_process is { IsRunning: true })
            {
                return;
            }

            var process = Launch();
            _process = process;
            _ = WatchAsync(process);
        }
    }

    public Task KillAsync() => Unwanted()?.KillAsync() ?? Task.CompletedTask;

    /// <summary>SIGTERM, as an orchestrator does; a node that does not end in time is killed, and that is a surprise.</summary>
    public async Task TerminateAsync()
    {
        if (Unwanted() is { } process && !await process.TerminateAsync(StopLimit))
        {
            journal.Write(new Surprise($"{Name} did not stop within {StopLimit.TotalSeconds} s of SIGTERM."));
        }
    }

    public void Pause() => Running()?.Pause();

    public void Resume() => Running()?.Resume();

    public virtual async ValueTask DisposeAsync()
    {
        Resume();
        await KillAsync();
        GC.SuppressFinalize(this);
    }

    protected abstract ServerProcess Launch();

    private ServerProcess? Running()
    {
        lock (_gate)
        {
            return _process is { IsRunning: true } running ? running : null;
        }
    }

    private ServerProcess? Unwanted()
    {
        lock (_gate)
        {
            _wanted = false;
            return _process is { IsRunning: true } running ? running : null;
        }
    }

    private async Task WatchAsync(ServerProcess process)
    {
        await process.Exited;
        if (!IsWanted)
        {
            return;
        }

        journal.Write(new ProcessExited(Name, process.ExitCode));
        await Task.Delay(RestartDelay);
        lock (_gate)
        {
            if (!_wanted || _process != process)
            {
                return;
            }
        }

        Start();
    }
}
