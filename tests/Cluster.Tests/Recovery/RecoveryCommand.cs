namespace OrleansBilling.Cluster.Tests.Recovery;

/// <summary>The measurement as a command.</summary>
internal static class RecoveryCommand
{
    /// <returns>0 when everything was measured, 2 for wrong arguments.</returns>
    public static async Task<int> RunAsync(string[] arguments)
    {
        if (arguments.Contains("--help") || arguments.Contains("-h"))
        {
            Console.WriteLine(RecoveryOptions.Help);
            return 0;
        }

        RecoveryOptions options;
        try
        {
            options = RecoveryOptions.Parse(arguments);
        }
        catch (FormatException e)
        {
            await Console.Error.WriteLineAsync($"{e.Message}\n\n{RecoveryOptions.Help}");
            return 2;
        }

        var time = TimeProvider.System;
        await RecoveryRun.RunAsync(options, time, line => Console.WriteLine($"{time.GetLocalNow():HH:mm:ss} {line}"));
        return 0;
    }
}
