using NodaTime;
using OrleansBilling.Contracts.Common;
using OrleansBilling.Contracts.Customers;
using OrleansBilling.Contracts.Devices;
using OrleansBilling.Contracts.Subscriptions;
using OrleansBilling.Contracts.Usage;

namespace OrleansBilling.Contracts.Partitions;

/// <summary>Owner of one partition; the key is its number, from 0.</summary>
[GrainInterfaceType("billing.partition")]
public interface IPartitionGrain : IGrainWithIntegerKey
{
    /// <summary>Takes events for devices of this partition; durable when answered. At most 10,000 events.</summary>
    [Alias("report")]
    Task<UsageBatchResult> Report(UsageBatch batch);

    /// <summary>Makes sure the partition is owned and loaded here; answers its figures.</summary>
    [Alias("status")]
    Task<PartitionStatus> Status();

    /// <summary>Takes another partition's slices.</summary>
    [Alias("deliver")]
    Task<SliceReceipt> Deliver(SliceDelivery delivery);

    /// <summary>Sends what the other partition has not seen yet of this one's slices, and answers when it has.</summary>
    [Alias("flush-to")]
    Task FlushTo(int partition);

    /// <summary>Sets a test clock, seals, and delivers to every partition.</summary>
    [Alias("seal")]
    Task Seal(string tenant, Instant now);

    /// <summary>Closes every subscription period that is due by the tenant's clock and hands the statements to the customers.</summary>
    [Alias("close-due")]
    Task CloseDue(string tenant);

    /// <summary>Devices of the tenant in this partition by id (ordinal), after the cursor.</summary>
    [Alias("devices")]
    Task<DeviceView[]> Devices(string tenant, string? after, int limit);

    /// <summary>Customers of the tenant in this partition by id (ordinal), after the cursor.</summary>
    [Alias("customers")]
    Task<CustomerView[]> Customers(string tenant, string? after, int limit);

    /// <summary>Subscriptions of the tenant in this partition by id (ordinal), after the cursor.</summary>
    [Alias("subscriptions")]
    Task<SubscriptionView[]> Subscriptions(string tenant, string? after, int limit);

    /// <summary>Quarantined events of the tenant in this partition by position, after the given one.</summary>
    [Alias("quarantine")]
    Task<RecordedUsage[]> Quarantine(string tenant, string? device, long after, int limit);

    /// <summary>Raw events behind an invoice line, by position.</summary>
    [Alias("line-events")]
    [ResponseTimeout("00:05:00")]
    Task<RecordedUsage[]> LineEvents(LineEventsQuery query);
}
