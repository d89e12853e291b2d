using System.Diagnostics;

namespace OrleansBilling.Benchmarks.Fleet;

/// <summary>Time passed, and processor time used by this process: the machine may have other work.</summary>
internal sealed class WorkClock
{
    private readonly long _began = Stopwatch.GetTimestamp();
    private readonly TimeSpan _used = Used();

    public TimeSpan Elapsed => Stopwatch.GetElapsedTime(_began);

    public override string ToString() => $"{Elapsed.TotalSeconds:N2} s ({(Used() - _used).TotalSeconds:N2} s of processor time)";

    private static TimeSpan Used()
    {
        using var process = Process.GetCurrentProcess();
        return process.TotalProcessorTime;
    }
}
