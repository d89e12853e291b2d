using OrleansBilling.Contracts.Common;
using OrleansBilling.Contracts.Devices;
using OrleansBilling.Grains.Devices;

namespace OrleansBilling.Grains.Partitions;

/// <summary>Many devices at once.</summary>
internal sealed partial class PartitionGrain
{
    public async Task<DeviceOutcome[]> RegisterDevices(string tenant, DeviceSpec[] specs)
    {
        var partition = await host.Acquire(Number);
        host.ThrowIfOverloaded();
        var unknown = await UnknownSubscriptions(partition, tenant, specs.Select(spec => spec.Subscription));
        return await partition.DoDurably(t =>
        {
            var copy = EntityGrain.TenantOf(t, tenant);
            return Array.ConvertAll(specs, spec => Outcome(spec.Subscription is { } s && unknown.Contains(s)
                ? DeviceRegistration.UnknownSubscription(s)
                : DeviceRegistration.Register(t, copy, spec)));
        });
    }

    /// <summary>Learns the terms of subscriptions.</summary>
    /// <returns>Those that do not exist.</returns>
    private async Task<HashSet<string>> UnknownSubscriptions(Partition partition, string tenant, IEnumerable<string?> named)
    {
        var subscriptions = named.OfType<string>().Distinct(StringComparer.Ordinal).ToArray();
        var known = await Task.WhenAll(
            subscriptions.Select(s => TermsLearning.Learn(partition, GrainFactory, tenant, s)));
        return subscriptions.Where((_, i) => !known[i]).ToHashSet(StringComparer.Ordinal);
    }

    private static DeviceOutcome Outcome(CommandResult<DeviceView> result) => new(result.Outcome, result.Errors);
}
