using System.Globalization;
using OrleansBilling.Gateway.Rpc.V1;

namespace OrleansBilling.Client.Tests;

/// <summary>Usage of the tenant's meter, and reporters of it.</summary>
internal static class Readings
{
    private static readonly DateTimeOffset First = new(2012, 6, 2, 0, 0, 0, TimeSpan.Zero);

    /// <summary>One kWh, at the millisecond of its number.</summary>
    public static DeviceUsage Reading(int number) => new()
    {
        Id = $"r-{number.ToString(CultureInfo.InvariantCulture)}",
        Device = "meter-17",
        Meter = "energy",
        Time = First.AddMilliseconds(number),
        Value = 1m,
    };

    /// <summary>Options under which all usage must be billed.</summary>
    public static UsageReporterOptions AllBilled { get; } = new()
    {
        NotBilled = (usage, result) => throw new InvalidOperationException($"{usage.Id}: {result.Status} {result.Code} {result.Message}"),
        MaxBatchDelay = TimeSpan.FromMilliseconds(20),
        FirstRetryDelay = TimeSpan.FromMilliseconds(50),
        MaxRetryDelay = TimeSpan.FromSeconds(1),
    };
}
