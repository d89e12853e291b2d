using System.Diagnostics;

namespace OrleansBilling.Tests.Support;

/// <summary>
/// A program under test as a process of its own. What it writes goes straight to a file, so that nothing of it is lost
/// when it is killed, and the tests need not pump it.
/// </summary>
public sealed class ServerProcess : IDisposable
{
    private readonly Process _process;
    private readonly Process _guard;

    private ServerProcess(string name, string log, Process process)
    {
        (Name, LogPath, _process) = (name, log, process);
        Id = process.Id;
        _guard = StartGuard(Id);
        Exited = WaitAsync();
    }

    public string Name { get; }

    public string LogPath { get; }

    public int Id { get; }

    /// <summary>Completes when the process is gone.</summary>
    public Task Exited { get; }

    /// <summary>Whether it runs, answering or not.</summary>
    public bool IsRunning => !_process.HasExited;

    /// <summary>After it is gone: 0 for an orderly end, 128 plus the signal for a killed one.</summary>
    public int ExitCode => _process.ExitCode;

    /// <summary>Starts a .NET program.</summary>
    /// <param name="assembly">Path of its assembly.</param>
    /// <param name="log">Appended to.</param>
    /// <param name="environment">In addition to that of the tests.</param>
    /// <param name="arguments">Of the program.</param>
    public static ServerProcess Start(
        string name, string assembly, string log, IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        // The shell becomes the program, so that its process id and its signals are the program's own.
        var start = new ProcessStartInfo("/bin/sh", ["-c", "exec dotnet \"$@\" >> \"$LOG\" 2>&1", name, assembly, .. arguments])
        {
            WorkingDirectory = Path.GetDirectoryName(log)!,
        };
        start.Environment["LOG"] = log;
        start.Environment["DOTNET_TieredPGO"] = "0";
        foreach (var (key, value) in environment)
        {
            start.Environment[key] = value;
        }
        return new(name, log, Process.Start(start)!);
    }

    /// <summary>SIGKILL: no handler runs, nothing is flushed.</summary>
    public Task KillAsync()
    {
        Signals.Send(Id, Signals.Kill);
        return Exited;
    }

    /// <summary>SIGTERM, and SIGKILL when that does not help in time.</summary>
    /// <returns>Whether it ended by itself in time.</returns>
    public async Task<bool> TerminateAsync(TimeSpan limit)
    {
        Signals.Send(Id, Signals.Terminate);
        if (await Task.WhenAny(Exited, Task.Delay(limit)) == Exited)
        {
            return true;
        }
        await KillAsync();
        return false;
    }

    /// <summary>SIGSTOP: connections stay, and nothing answers.</summary>
    public void Pause() => Signals.Send(Id, Signals.Stop);

    /// <summary>Lets a paused process go on.</summary>
    public void Resume() => Signals.Send(Id, Signals.Continue);

    /// <summary>The end of what it wrote.</summary>
    public string LogTail(int lines = 40) =>
        File.Exists(LogPath) ? string.Join('\n', File.ReadLines(LogPath).TakeLast(lines)) : "";

    /// <summary>Kills it if it still runs.</summary>
    public void Dispose()
    {
        if (IsRunning)
        {
            Signals.Send(Id, Signals.Kill);
        }
        _process.Dispose();
        _guard.Dispose();
    }

    private async Task WaitAsync()
    {
        await _process.WaitForExitAsync();
        _guard.Kill();
    }

    // Ends the process when the tests are killed: then the other end of its standard input closes.
    private static Process StartGuard(int id) => Process.Start(
        new ProcessStartInfo("sh", ["-c", $"cat > /dev/null; kill -KILL {id}"]) { RedirectStandardInput = true })!;
}
