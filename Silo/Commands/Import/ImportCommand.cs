using OrleansBilling.Silo.Commands.Import.Maps;
using OrleansBilling.Silo.Commands.Import.Sending;
using Spectre.Console;

namespace OrleansBilling.Silo.Commands.Import;

/// <summary>The command line of an import.</summary>
internal static class ImportCommand
{
    private static readonly string[] Valued =
        ["url", "key", "map", "batch", "parallel", "rejects", "state", "clock", "subscription"];

    private static readonly string[] Flags = ["no-resume", "sort", "register", "dry-run"];

    public static async Task<int> RunAsync(
        IReadOnlyList<string> args, IAnsiConsole console, TimeProvider time, CancellationToken cancel)
    {
        var arguments = CommandArguments.Parse(args, Valued, Flags);
        var options = Options(arguments);
        using var client = options.DryRun ? null : Connection.Open(arguments, time);
        var runner = new ImportRunner(client, options, time);
        var title = options.Files.Count == 1 ? Path.GetFileName(options.Files[0]) : $"{options.Files.Count} files";
        await ImportProgress.ShowAsync(console, runner.Counters, title, time,
            Task.Run(() => runner.RunAsync(cancel), cancel));
        if (runner.StateProblem is { } problem)
        {
            console.WriteLine($"Progress was not remembered ({problem}); repeating the import is safe all the same.");
        }

        foreach (var usage in runner.FirstEvents)
        {
            using var json = new EventJson();
            console.WriteLine(System.Text.Encoding.UTF8.GetString(json.Write(usage)));
        }

        return ImportSummary.Show(console, runner.Counters, options);
    }

    private static ImportOptions Options(CommandArguments arguments)
    {
        var files = arguments.Operands.SelectMany(Found).ToList();
        if (files.Count == 0)
        {
            throw new UsageException("Name the files to import.");
        }

        if (arguments.Value("clock") is not (null or "follow"))
        {
            throw new UsageException("--clock can only be \"follow\".");
        }

        var map = arguments.Value("map")
            ?? throw new UsageException("Say what the columns mean: --map MAP (docs/import.md).");
        return new ImportOptions
        {
            Files = files,
            Map = MapReader.Load(map),
            Batch = arguments.Number("batch", 1_000, 1, ImportOptions.MaxBatch),
            Parallel = arguments.Number("parallel", 4, 1, ImportOptions.MaxParallel),
            Rejects = arguments.Value("rejects") ?? Beside(files[0], ".rejects.csv"),
            State = arguments.Has("no-resume") ? null : arguments.Value("state")
                ?? Beside(files[0], ".import-state.json"),
            FollowClock = arguments.Value("clock") is not null,
            Sort = arguments.Has("sort"),
            Register = arguments.Has("register"),
            Subscription = arguments.Value("subscription"),
            DryRun = arguments.Has("dry-run"),
        };
    }

    /// <summary>
    /// Next to the input; in the current directory where the input lies in one that cannot be written.
    /// </summary>
    private static string Beside(string file, string ending)
    {
        try
        {
            var probe = $"{file}{ending}.{Guid.NewGuid():N}";
            using var test = new FileStream(
                probe, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
            return file + ending;
        }
        catch (Exception readOnly) when (readOnly is IOException or UnauthorizedAccessException)
        {
            return Path.GetFullPath(Path.GetFileName(file) + ending);
        }
    }

    private static IReadOnlyList<string> Found(string operand) =>
        FilePatterns.Expand(operand) is { Count: > 0 } files ? files : throw new UsageException($"No file: {operand}");
}
