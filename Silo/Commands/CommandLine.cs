using OrleansBilling.Silo.Commands.Api;
using OrleansBilling.Silo.Commands.Demo;
using OrleansBilling.Silo.Commands.Import;
using OrleansBilling.Silo.Commands.Lint;
using Spectre.Console;

namespace OrleansBilling.Silo.Commands;

/// <summary>
/// Commands that talk to a running server through its public HTTP API, or to none. They share the server's binary so that a clone
/// needs one build, and nothing else of it: no grain, no store.
/// </summary>
public static class CommandLine
{
    /// <summary>Whether the first word is a command; otherwise the host starts.</summary>
    public static bool IsCommand(string[] args) =>
        args is [{ } verb, ..] && verb is "import" or "demo" or "audit" or "plan" or "help" or "--help" or "-h";

    /// <summary>Runs a command.</summary>
    /// <param name="args">The verb first.</param>
    /// <param name="console">Null writes to the terminal.</param>
    /// <param name="time">Null is the wall clock; used for progress and waits only.</param>
    /// <param name="cancel">Stops at the next batch; what was acknowledged stays.</param>
    /// <returns>0 done; 1 done, but rows or figures need attention; 2 wrong use; 3 the server cannot be used; 130
    /// stopped.</returns>
    public static async Task<int> RunAsync(
        string[] args, IAnsiConsole? console = null, TimeProvider? time = null, CancellationToken cancel = default)
    {
        console ??= Terminal();
        using var interrupt = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        ConsoleCancelEventHandler stop = (_, pressed) =>
        {
            pressed.Cancel = true;
            interrupt.Cancel();
        };
        Console.CancelKeyPress += stop;
        try
        {
            return await Dispatch(args, console, time ?? TimeProvider.System, interrupt.Token);
        }
        catch (UsageException wrong)
        {
            console.MarkupLineInterpolated($"[red]{wrong.Message}[/]");
            console.WriteLine("Try: help");
            return 2;
        }
        catch (Exception failure) when (
            failure is ApiException or HttpRequestException or IOException or UnauthorizedAccessException)
        {
            console.MarkupLineInterpolated($"[red]{failure.Message}[/]");
            return 3;
        }
        catch (OperationCanceledException) when (interrupt.IsCancellationRequested)
        {
            console.WriteLine("Stopped.");
            return 130;
        }
        finally
        {
            Console.CancelKeyPress -= stop;
        }
    }

    /// <summary>Lines keep their length in files and pipes, where there is no screen to wrap them for.</summary>
    private static IAnsiConsole Terminal()
    {
        if (Console.IsOutputRedirected)
        {
            AnsiConsole.Profile.Width = 240;
        }

        return AnsiConsole.Console;
    }

    private static Task<int> Dispatch(string[] args, IAnsiConsole console, TimeProvider time,
        CancellationToken cancel) =>
        args switch
        {
            ["import", .. var rest] => ImportCommand.RunAsync(rest, console, time, cancel),
            ["demo", .. var rest] => DemoCommand.RunAsync(rest, console, time, cancel),
            ["audit", .. var rest] => AuditCommand.RunAsync(rest, console, time, cancel),
            ["plan", "lint", .. var rest] => PlanLintCommand.RunAsync(rest, console, cancel),
            ["plan", ..] => throw new UsageException("The command is: plan lint FILE..."),
            _ => Task.FromResult(HelpText.Write(console)),
        };
}
