using OrleansBilling.Cluster.Tests.Chaos.Journals;
using OrleansBilling.Cluster.Tests.Chaos.Workload;

namespace OrleansBilling.Cluster.Tests.Chaos.Checking;

/// <summary>What clients know of one tenant.</summary>
internal sealed class KnownTenant
{
    public Dictionary<(string Plan, int Version), PlanTerms> Plans { get; } = [];

    public Dictionary<string, SubscriptionCreated> Subscriptions { get; } = new(StringComparer.Ordinal);

    /// <summary>Changes of plan of each subscription that were not withdrawn, in the order in which they begin.</summary>
    public Dictionary<string, List<SubscriptionChanged>> Changes { get; } = new(StringComparer.Ordinal);

    /// <summary>In the order in which they begin.</summary>
    public Dictionary<string, List<DeviceAssigned>> Assignments { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, string> InvoicesSeen { get; } = new(StringComparer.Ordinal);

    public Dictionary<(string Device, string Id), KnownEvent> Events { get; } = [];

    public PlanTerms PlanOf(SubscriptionCreated subscription) => Plans[(subscription.Plan, subscription.Version)];

    /// <summary>The plan in force at an instant.</summary>
    public PlanTerms PlanAt(SubscriptionCreated subscription, DateTimeOffset time) => ChangeAt(subscription.Id, time) is { } change
        ? Plans[(change.Plan, change.Version)]
        : PlanOf(subscription);

    /// <summary>The change that began last at or before an instant; null when the subscription is on its first plan.</summary>
    public SubscriptionChanged? ChangeAt(string subscription, DateTimeOffset time) =>
        Changes.GetValueOrDefault(subscription)?.LastOrDefault(change => change.From <= time);

    /// <summary>Whose usage a device's event at an instant is; null for nobody's.</summary>
    public string? OwnerAt(string device, DateTimeOffset time) =>
        Assignments.GetValueOrDefault(device)?.LastOrDefault(assignment => assignment.From <= time)?.Subscription;
}
