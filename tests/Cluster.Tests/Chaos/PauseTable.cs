using System.Globalization;
using OrleansBilling.Cluster.Tests.Chaos.Journals;
using OrleansBilling.Cluster.Tests.Chaos.Workload;

namespace OrleansBilling.Cluster.Tests.Chaos;

/// <summary>
/// How long partitions answered nobody, by kind of fault. Only faults that stood alone are told apart: no other one lasted
/// while they did, nor in the seconds before and after.
/// </summary>
internal sealed class PauseTable(IEnumerable<JournalEntry> journal, IReadOnlyList<Pause> pauses)
{
    private static readonly TimeSpan Aftermath = TimeSpan.FromSeconds(3);

    /// <summary>A title, then a line per kind.</summary>
    public IEnumerable<string> Lines()
    {
        var faults = Faults();
        yield return "pauses of partitions in seconds, by faults that stood alone (a partition's longest pause a fault):";
        foreach (var kind in faults.Where(fault => StoodAlone(fault, faults)).GroupBy(fault => fault.Kind)
            .OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            yield return Line(kind.Key, [.. kind]);
        }

        var longest = pauses.Count == 0 ? TimeSpan.Zero : pauses.Max(pause => pause.Length);
        yield return string.Create(CultureInfo.InvariantCulture, $"longest pause of all: {longest.TotalSeconds:0.0}");
    }

    private string Line(string kind, List<Window> faults)
    {
        double[] lengths = [.. faults.SelectMany(Longest).Order()];
        double[] worst = [.. faults.Select(fault => Longest(fault).Append(0).Max()).Order()];
        return string.Create(
            CultureInfo.InvariantCulture,
            $"  {kind,-16} {faults.Count,3} faults; partitions paused a fault {(double)lengths.Length / faults.Count,4:0.0}; "
                + $"p50 {Median(lengths):0.0}, worst of a fault p50 {Median(worst):0.0}, max {worst[^1]:0.0}");
    }

    /// <summary>The longest pause of each partition that paused.</summary>
    private IEnumerable<double> Longest(Window fault) => pauses
        .Where(pause => pause.To > fault.From && pause.From < fault.To + Aftermath)
        .GroupBy(pause => pause.Partition, pause => pause.Length.TotalSeconds)
        .Select(group => group.Max());

    private static bool StoodAlone(Window fault, List<Window> all) => all.TrueForAll(other =>
        other == fault || other.To + Aftermath < fault.From || other.From > fault.To + Aftermath);

    private List<Window> Faults()
    {
        var open = new Dictionary<int, FaultBegan>();
        var windows = new List<Window>();
        foreach (var entry in journal)
        {
            if (entry is FaultBegan began)
            {
                open[began.Number] = began;
            }
            else if (entry is FaultEnded ended)
            {
                windows.Add(new(open[ended.Number].Fault, open[ended.Number].At, ended.At));
            }
        }

        return windows;
    }

    private static double Median(double[] sorted) => sorted.Length == 0 ? 0 : sorted[sorted.Length / 2];

    private sealed record Window(string Kind, DateTimeOffset From, DateTimeOffset To);
}
