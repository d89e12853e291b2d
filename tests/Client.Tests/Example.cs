using OrleansBilling.Client;

namespace OrleansBilling.Client.Tests;

internal static class Example
{
    public static async Task RunAsync(Uri address, string apiKey, IEnumerable<(string Id, string Device, DateTimeOffset At, decimal KWh)> readings)
    {
        // docs/client.md
        await using var reporter = new UsageReporter(address, apiKey, new()
        {
            NotBilled = (usage, result) => Console.Error.WriteLine($"{usage.Device} {usage.Id}: {result.Code} {result.Message}"),
            Retrying = (failure, pause) => Console.Error.WriteLine($"{failure.Status.Detail}; again in {pause}"),
        });
        foreach (var reading in readings)
        {
            await reporter.EnqueueAsync(new()
            {
                Id = reading.Id, Device = reading.Device, Meter = "energy", Time = reading.At, Value = reading.KWh, Unit = "kWh",
            });
        }
        await reporter.FlushAsync();
        // end
    }
}
