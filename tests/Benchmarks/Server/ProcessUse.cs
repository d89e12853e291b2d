using System.Globalization;

namespace OrleansBilling.Benchmarks.Server;

/// <summary>Processor time and memory of processes, as the kernel counts them.</summary>
internal static class ProcessUse
{
    // USER_HZ, which Linux tells programs on every common architecture.
    private const double TicksPerSecond = 100d;

    /// <summary>Seconds of processor time of a process.</summary>
    public static double Seconds(int process)
    {
        try
        {
            var fields = Stat(process);
            // Without the name: the 14th and 15th field of proc(5).
            return (Number(fields[11]) + Number(fields[12])) / TicksPerSecond;
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return 0d;
        }
    }

    /// <summary>Of a process and those that it started.</summary>
    public static double SecondsOfTree(int process) => Seconds(process) + Children(process).Sum(Seconds);

    /// <summary>Resident memory in MiB.</summary>
    public static double Memory(int process)
    {
        const string Name = "VmRSS:";
        var line = File.ReadLines($"/proc/{process}/status").First(line => line.StartsWith(Name, StringComparison.Ordinal));
        return Number(line[Name.Length..].Replace("kB", "", StringComparison.Ordinal).Trim()) / 1024d;
    }

    private static IEnumerable<int> Children(int process) => Directory.EnumerateDirectories("/proc")
        .Select(path => int.TryParse(Path.GetFileName(path), CultureInfo.InvariantCulture, out var id) ? id : 0)
        .Where(id => id > 0 && ParentOf(id) == process);

    private static int ParentOf(int process)
    {
        try
        {
            return (int)Number(Stat(process)[1]);
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return 0;
        }
    }

    private static string[] Stat(int process)
    {
        var text = File.ReadAllText($"/proc/{process}/stat");
        return text[(text.LastIndexOf(')') + 2)..].Split(' ');
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
