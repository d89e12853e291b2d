namespace OrleansBilling.Cluster.Tests.Chaos;

/// <summary>The harness as a command.</summary>
internal static class ChaosCommand
{
    /// <returns>0 when nothing is wrong, 1 when something is, 2 for wrong arguments.</returns>
    public static async Task<int> RunAsync(string[] arguments)
    {
        if (arguments.Contains("--help") || arguments.Contains("-h"))
        {
            Console.WriteLine(ChaosOptions.Help);
            return 0;
        }

        ChaosOptions options;
        try
        {
            options = ChaosOptions.Parse(arguments);
        }
        catch (FormatException e)
        {
            await Console.Error.WriteLineAsync($"{e.Message}\n\n{ChaosOptions.Help}");
            return 2;
        }

        var time = TimeProvider.System;
        var result = await ChaosRun.RunAsync(options, time, line => Console.WriteLine($"{time.GetLocalNow():HH:mm:ss} {line}"));
        Console.WriteLine(result);
        return result.Passed ? 0 : 1;
    }
}
