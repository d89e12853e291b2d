using System.Globalization;
using OrleansBilling.Cluster.Tests.Chaos.Processes;

namespace OrleansBilling.Cluster.Tests.Recovery;

/// <summary>Resident memory of processes, as the kernel counts it.</summary>
internal static class Memory
{
    /// <summary>Bytes of each silo that runs.</summary>
    public static long[] Of(IEnumerable<SiloNode> silos) =>
        [.. silos.Where(silo => silo.IsWanted).Select(silo => Of(silo.ProcessId!.Value))];

    /// <summary>For people.</summary>
    public static string Text(long[] bytes) => string.Join(
        ", ", bytes.Select(one => string.Create(CultureInfo.InvariantCulture, $"{one / 1_048_576.0:N0} MiB")));

    private static long Of(int process)
    {
        const string Name = "VmRSS:";
        var line = File.ReadLines($"/proc/{process}/status").First(line => line.StartsWith(Name, StringComparison.Ordinal));
        return 1_024 * long.Parse(line[Name.Length..].Replace("kB", "", StringComparison.Ordinal), NumberStyles.Any, CultureInfo.InvariantCulture);
    }
}
