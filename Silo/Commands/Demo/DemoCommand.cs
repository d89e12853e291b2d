using Spectre.Console;

namespace OrleansBilling.Silo.Commands.Demo;

internal static class DemoCommand
{
    public static Task<int> RunAsync(
        IReadOnlyList<string> args, IAnsiConsole console, TimeProvider time, CancellationToken cancel) =>
        throw new NotImplementedException();
}
