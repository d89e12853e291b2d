using OrleansBilling.Cluster.Tests.Chaos;

namespace OrleansBilling.Cluster.Tests;

/// <summary>The test project as a program: <c>chaos</c> with its arguments runs the chaos harness.</summary>
internal static class Program
{
    public static Task<int> Main(string[] arguments) => arguments is ["chaos", .. var rest]
        ? ChaosCommand.RunAsync(rest)
        : Task.FromException<int>(new ArgumentException("The tests are run by 'dotnet test'; the only command is 'chaos'."));
}
