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
        var subscriptions = specs.Select(s => s.Subscription).OfType<string>().Distinct(StringComparer.Ordinal).ToArray();
        var known = await Task.WhenAll(
            subscriptions.Select(s => TermsLearning.Learn(partition, GrainFactory, tenant, s)));
        var unknown = subscriptions.Where((_, i) => !known[i]).ToHashSet(StringComparer.Ordinal);
        return await partition.DoDurably(t =>
        {
            var copy = EntityGrain.TenantOf(t, tenant);
            return Array.ConvertAll(specs, spec => Outcome(spec.Subscription is { } s && unknown.Contains(s)
                ? DeviceRegistration.UnknownSubscription(s)
                : DeviceRegistration.Register(t, copy, spec)));
        });
    }

    private static DeviceOutcome Outcome(CommandResult<DeviceView> result) => new(result.Outcome, result.Errors);
}
