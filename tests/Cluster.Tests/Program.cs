using OrleansBilling.Cluster.Tests.Chaos;
using OrleansBilling.Cluster.Tests.Recovery;

namespace OrleansBilling.Cluster.Tests;

/// <summary>
/// The test project as a program: <c>chaos</c> with its arguments runs the chaos harness, <c>recovery</c> measures how a cluster
/// recovers.
/// </summary>
internal static class Program
{
    public static Task<int> Main(string[] arguments) => arguments switch
    {
        ["chaos", .. var rest] => ChaosCommand.RunAsync(rest),
        ["recovery", .. var rest] => RecoveryCommand.RunAsync(rest),
        _ => Task.FromException<int>(
            new ArgumentException("The tests are run by 'dotnet test'; the only commands are 'chaos' and 'recovery'.")),
    };
}
