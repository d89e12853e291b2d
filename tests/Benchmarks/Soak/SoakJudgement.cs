using System.Globalization;

namespace OrleansBilling.Benchmarks.Soak;

/// <summary>What a soak came to.</summary>
/// <param name="Errors">Requests that failed.</param>
/// <param name="FirstP99">Milliseconds, in the first third.</param>
/// <param name="LastP99">Milliseconds, in the last third.</param>
/// <param name="Events">That were acknowledged.</param>
/// <param name="AliveBefore">Bytes in the servers' heaps after full collections, before the load.</param>
/// <param name="AliveAfter">The same, after it.</param>
internal sealed record SoakJudgement(long Errors, double FirstP99, double LastP99, long Events, double AliveBefore, double AliveAfter)
{
    /// <summary>Caches and pools that are filled or emptied, whatever comes.</summary>
    private const double Caches = 32 * 1024 * 1024;

    /// <summary>Share by which the last p99 is above the first.</summary>
    public double Drift => FirstP99 > 0 ? (LastP99 / FirstP99) - 1 : 0;

    /// <summary>What every event left in memory.</summary>
    public double BytesPerEvent => Events > 0 ? (AliveAfter - AliveBefore) / Events : 0;

    /// <summary>What is wrong; empty when nothing is.</summary>
    public IEnumerable<string> Faults(double mostDrift, int bytesPerEvent)
    {
        if (Events == 0)
        {
            yield return "no event was acknowledged";
        }
        if (Errors > 0)
        {
            yield return Text($"{Errors:N0} requests failed");
        }
        if (Drift > mostDrift)
        {
            yield return Text($"the p99 rose by {Drift:P1}, more than {mostDrift:P0}");
        }
        if (AliveAfter - AliveBefore > Caches + ((double)bytesPerEvent * Events))
        {
            yield return Text($"{BytesPerEvent:N1} bytes an event stayed in memory, more than {bytesPerEvent} and {Caches / 1024 / 1024:N0} MiB of caches");
        }
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
