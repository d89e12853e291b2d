using System.Collections.Concurrent;
using NodaTime;
using OrleansBilling.Contracts.Devices;
using OrleansBilling.Contracts.Partitions;
using OrleansBilling.Contracts.Pricing;
using OrleansBilling.Contracts.Subscriptions;
using OrleansBilling.Contracts.Tenants;
using OrleansBilling.Core.Pricing;
using OrleansBilling.Core.Usage;
using OrleansBilling.Grains.Log;
using OrleansBilling.Grains.Records;
using OrleansBilling.Simulation.Running;

namespace OrleansBilling.Simulation.Cluster;

/// <summary>
/// The tenant, subscriptions and devices that every simulation has: facts at the beginning of each log, as the grains write
/// them. The same for all seeds, so they are encoded once.
/// </summary>
internal static class Fleet
{
    public const string Tenant = "t";
    public const string Meter = "m";
    public const int DevicesPerPartition = 2;

    /// <summary>How long after its end a period waits for its last events.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    private static readonly string[] Subscriptions = ["s0", "s1"];
    private static readonly Instant Start = Instant.FromUtc(2026, 1, 29, 0, 0);
    private static readonly ConcurrentDictionary<int, SegmentWrite[]> Beginnings = new();

    public static string Device(int partition, int index) => $"d{partition}-{index}";

    /// <summary>Number of a device in its partition's table.</summary>
    public static int IndexOf(string device) => device[^1] - '0';

    /// <summary>The first segment of every partition, under epoch 1.</summary>
    public static SegmentWrite[] BeginningOf(int partitions) => Beginnings.GetOrAdd(
        partitions, n => [.. Enumerable.Range(0, n).Select(p => Beginning(p, n))]);

    private static SegmentWrite Beginning(int partition, int partitions) => SegmentCodec.Encode(
        new(partition, 1, 1, 1, World.Begin.UtcTicks, 0, 0),
        [.. Facts(partition, partitions).Select(f => new ReadOnlyMemory<byte>(RareRecordCodec.Encode(f)))]);

    private static IEnumerable<object> Facts(int partition, int partitions)
    {
        yield return new TenantLearned(new(Tenant, Tenant, null, Grace, TimeSpan.FromDays(35)));
        yield return new Sealed(Tenant, null, Instant.FromDateTimeOffset(World.Begin - Grace));
        foreach (var subscription in Subscriptions)
        {
            var terms = Terms(subscription);
            yield return new TermsLearned(Tenant, terms);
            if (PartitionMap.Of(EntityKind.Subscription, Tenant, subscription, partitions) == partition)
            {
                yield return new SubscriptionCreated(Tenant, new(subscription, "c", "p", 1, Start, null, null, null), terms);
            }
        }
        for (var i = 0; i < DevicesPerPartition; i++)
        {
            var subscription = Subscriptions[(partition + i) % Subscriptions.Length];
            yield return new DeviceRegistered(Tenant, new(Device(partition, i), null, subscription, null));
            yield return new DeviceAssigned(Tenant, Device(partition, i), subscription, Start);
        }
    }

    private static SubscriptionTerms Terms(string subscription)
    {
        var plan = PlanJson.Parse("""
            {"id":"p","name":"P","currency":"EUR","cycle":{"unit":"day","count":1},"charges":[
              {"id":"u","name":"U","meter":"m","model":"perUnit","unitPrice":"0.5"}]}
            """).Plan!;
        return new(
            new SubscriptionView(subscription, "c", "p", 1, "EUR", Start, null, "Etc/UTC", "2026-01-29"),
            new PlanView("p", 1, Start, plan),
            [new MeterDefinition(Meter, Meter, "kWh")]);
    }
}
