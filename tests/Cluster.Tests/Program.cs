using OrleansBilling.Cluster.Tests.Chaos;
using OrleansBilling.Cluster.Tests.Recovery;
using OrleansBilling.Cluster.Tests.Upgrade;

namespace OrleansBilling.Cluster.Tests;

/// <summary>
/// The test project as a program: <c>chaos</c> with its arguments runs the chaos harness, <c>recovery</c> measures how a cluster
/// recovers, <c>golden v2 DIR</c> writes a store of this version for the tests of later ones.
/// </summary>
internal static class Program
{
    public static Task<int> Main(string[] arguments) => arguments switch
    {
        ["chaos", .. var rest] => ChaosCommand.RunAsync(rest),
        ["recovery", .. var rest] => RecoveryCommand.RunAsync(rest),
        ["golden", var version, var folder] => GoldenAsync(version, folder),
        _ => Task.FromException<int>(
            new ArgumentException("The tests are run by 'dotnet test'; the only commands are 'chaos', 'recovery' and 'golden'.")),
    };

    private static async Task<int> GoldenAsync(string version, string folder)
    {
        await GoldenCommand.RunAsync(version, folder);
        return 0;
    }
}
