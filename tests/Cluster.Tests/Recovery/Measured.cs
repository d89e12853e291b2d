using System.Globalization;
using OrleansBilling.Cluster.Tests.Chaos.Workload;

namespace OrleansBilling.Cluster.Tests.Recovery;

/// <summary>One event of a cluster's life and the pauses that partitions had by it.</summary>
/// <param name="What">For people.</param>
/// <param name="From">When it happened.</param>
/// <param name="Pauses">Those that overlap it.</param>
internal sealed record Measured(string What, DateTimeOffset From, IReadOnlyList<Pause> Pauses)
{
    /// <summary>Of any partition.</summary>
    public TimeSpan Longest => Pauses.Count == 0 ? TimeSpan.Zero : Pauses.Max(pause => pause.Length);

    /// <summary>From then until the last of the partitions that paused answered again.</summary>
    public TimeSpan AllAnswerAfter => Pauses.Count == 0 ? TimeSpan.Zero : Pauses.Max(pause => pause.To) - From;

    public override string ToString()
    {
        double[] longest =
        [
            .. Pauses.GroupBy(pause => pause.Partition, pause => pause.Length.TotalSeconds).Select(one => one.Max()).Order(),
        ];
        return longest.Length == 0
            ? $"{What}: no pause above {Probes.Shortest.TotalSeconds:0.0} s"
            : string.Create(
                CultureInfo.InvariantCulture,
                $"{What}: longest pause {longest[^1]:0.00} s; {longest.Length} partitions paused, median {longest[longest.Length / 2]:0.00} s; "
                    + $"the last pause ended after {AllAnswerAfter.TotalSeconds:0.00} s");
    }
}
