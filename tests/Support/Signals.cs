using System.Globalization;
using System.Runtime.InteropServices;

namespace OrleansBilling.Tests.Support;

/// <summary>Signals that .NET cannot send, to processes which the tests started.</summary>
public static class Signals
{
    public const int Interrupt = 2;
    public const int Quit = 3;
    public const int Kill = 9;
    public const int Terminate = 15;
    public const int Continue = 18;
    public const int Stop = 19;

    /// <returns>False when there is no such process any more.</returns>
    public static bool Send(int processId, int signal)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(processId, 2);
        return SendSignal(processId, signal) == 0;
    }

    /// <summary>The processes that this one started and that still run.</summary>
    public static IReadOnlyList<int> ChildrenOf(int processId) =>
        [.. AllProcesses().Where(id => StatusOf(id) is { State: not 'Z' } status && status.Parent == processId)];

    /// <summary>False also for a process that ended and only waits for its parent to ask.</summary>
    public static bool IsRunning(int processId) => StatusOf(processId) is { State: not 'Z' };

    private static IEnumerable<int> AllProcesses() => Directory.EnumerateDirectories("/proc")
        .Select(path => int.TryParse(Path.GetFileName(path), CultureInfo.InvariantCulture, out var id) ? id : 0)
        .Where(id => id > 0);

    private static (char State, int Parent)? StatusOf(int processId)
    {
        try
        {
            // The name before it may have spaces and brackets; after its last bracket come the state and the parent.
            var text = File.ReadAllText($"/proc/{processId}/stat");
            var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
            return (fields[0][0], int.Parse(fields[1], CultureInfo.InvariantCulture));
        }
        catch (IOException)
        {
            return null;
        }
    }

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SendSignal(int processId, int signal);
}
