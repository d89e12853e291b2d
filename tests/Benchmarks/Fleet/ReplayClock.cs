using System.Diagnostics;

namespace OrleansBilling.Benchmarks.Fleet;

/// <summary>How long applying records takes, usage apart from the rare facts.</summary>
internal sealed class ReplayClock
{
    private long _began;
    private long _usageTicks;
    private long _factTicks;

    public long Usage { get; private set; }

    public long Facts { get; private set; }

    public double UsagePerSecond => Usage / Stopwatch.GetElapsedTime(0, _usageTicks).TotalSeconds;

    public double FactsPerSecond => Facts / Stopwatch.GetElapsedTime(0, _factTicks).TotalSeconds;

    public void Begin() => _began = Stopwatch.GetTimestamp();

    public void End(bool usage)
    {
        var ticks = Stopwatch.GetTimestamp() - _began;
        if (usage)
        {
            Usage++;
            _usageTicks += ticks;
        }
        else
        {
            Facts++;
            _factTicks += ticks;
        }
    }
}
