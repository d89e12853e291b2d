using OrleansBilling.Contracts.Devices;
using OrleansBilling.Contracts.Jobs;
using OrleansBilling.Grains.Jobs;

namespace OrleansBilling.Grains.Partitions;

/// <summary>
/// Bulk jobs: this partition's devices in those of all tenants, and the jobs that are at home here. See
/// docs/adr/0036.
/// </summary>
internal sealed partial class PartitionGrain
{
    private JobDriver? _jobs;

    public async Task<DeviceOutcome[]> DoJobShare(JobShare share)
    {
        var partition = await host.Acquire(Number);
        host.ThrowIfOverloaded();
        var unknown = await UnknownSubscriptions(
            partition, share.Tenant, share.Items.Select(item => item.Subscription));
        var outcomes = await partition.DoDurably(t => JobWork.Do(t, share, unknown));
        return await JobWork.Identify(GrainFactory, share, outcomes);
    }

    /// <summary>
    /// Lets the next owner carry them on: calls to grains that go away would wait for their time-out.
    /// </summary>
    public void StopJobs() => _jobs?.Dispose();

    private void DriveJobs(Partition partition) => (_jobs ??= new(host, GrainFactory, logger)).Ensure(partition);
}
