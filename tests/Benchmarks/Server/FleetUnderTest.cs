using System.Globalization;

namespace OrleansBilling.Benchmarks.Server;

/// <summary>Which servers are started, with which devices.</summary>
/// <param name="Devices">Ten of a subscription, and a customer has one.</param>
/// <param name="Partitions">Of the log.</param>
/// <param name="Silos">Processes, each with its gateway.</param>
/// <param name="Blocks">Whether the charge for data has a maximum that no quota goes beyond.</param>
internal sealed record FleetUnderTest(int Devices, int Partitions, int Silos = 1, bool Blocks = false)
{
    /// <summary>Of a subscription.</summary>
    public const int DevicesPerSubscription = 10;

    public int Subscriptions => (Devices + DevicesPerSubscription - 1) / DevicesPerSubscription;

    public static string DeviceId(int number) => string.Create(CultureInfo.InvariantCulture, $"35000000{number:D7}");
}
