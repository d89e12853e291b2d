using OrleansBilling.Core.Pricing.Linting;
using Spectre.Console;

namespace OrleansBilling.Silo.Commands.Lint;

/// <summary>Checks plans in files, without a server: what publishing would refuse, and what is suspicious.</summary>
internal static class PlanLintCommand
{
    /// <returns>0 when every plan would be accepted (with <c>--strict</c>: and nothing is suspicious), else 1.</returns>
    /// <exception cref="UsageException">No file, one with another ending, or meters that cannot be read.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static async Task<int> RunAsync(IReadOnlyList<string> args, IAnsiConsole console, CancellationToken cancel)
    {
        var arguments = CommandArguments.Parse(args, ["meters"], ["strict"]);
        if (arguments.Operands.Count == 0)
        {
            throw new UsageException("Name one or more plans: files that end in .yaml, .yml or .json.");
        }

        var (errors, warnings) = (0, 0);
        foreach (var file in arguments.Operands)
        {
            var isYaml = IsYaml(file);
            var meters = await MeterFile.FindAsync(arguments.Value("meters"), file, cancel);
            var findings = PlanLint.Check(await File.ReadAllBytesAsync(file, cancel), isYaml, meters);
            foreach (var finding in findings)
            {
                Show(console, file, finding);
            }

            errors += findings.Count(finding => !finding.IsWarning);
            warnings += findings.Count(finding => finding.IsWarning);
        }

        console.WriteLine($"plans: {arguments.Operands.Count}, errors: {errors}, warnings: {warnings}");
        return errors > 0 || (warnings > 0 && arguments.Has("strict")) ? 1 : 0;
    }

    /// <summary>Whether a file is YAML, by its ending; else it is JSON.</summary>
    /// <exception cref="UsageException">It has another ending.</exception>
    internal static bool IsYaml(string file) => Path.GetExtension(file).ToUpperInvariant() switch
    {
        ".YAML" or ".YML" => true,
        ".JSON" => false,
        _ => throw new UsageException($"{file}: the name must end in .yaml, .yml or .json, so that the format is known."),
    };

    /// <summary>In the form of compilers, which editors turn into links.</summary>
    private static void Show(IAnsiConsole console, string file, LintFinding finding)
    {
        var where = finding.Error.Pointer.Length == 0 ? "the document" : finding.Error.Pointer;
        console.WriteLine(
            $"{file}:{finding.At}: {(finding.IsWarning ? "warning" : "error")} {finding.Error.Code} at {where}: {finding.Error.Message}");
    }
}
