using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;
using OrleansBilling.Contracts.Serialization;
using OrleansBilling.Grains.Log;
using OrleansBilling.Grains.Partitions;

namespace OrleansBilling.Grains.Hosting;

/// <summary>Puts the billing grains, their partitions and their log into a silo.</summary>
public static class BillingSilo
{
    /// <summary>An invoice is one record, and one of a hundred thousand lines with their steps is some 40 MB of JSON.</summary>
    private static readonly LogWriterOptions LogLimits = new() { MaxRecordBytes = 64 << 20, MaxWaitingBytes = 256L << 20 };

    /// <summary>
    /// Adds them; the store is opened before the silo takes calls and flushed after it took the last one.
    /// </summary>
    /// <param name="time">Billing's wall clock, the system's when null. Orleans keeps its own, so that a test's clock
    /// does not stop
    /// membership and messaging.</param>
    public static ISiloBuilder AddBilling(
        this ISiloBuilder silo, PartitionOptions options, Func<IServiceProvider, IPartitionStore> store, TimeProvider? time = null)
    {
        var services = silo.Services;
        var clock = time ?? TimeProvider.System;
        services.AddSingleton(options);
        services.AddSingleton(store);
        services.AddSingleton(p => new LogWriter(p.GetRequiredService<IPartitionStore>(), clock, LogLimits));
        services.AddSingleton(p => ActivatorUtilities.CreateInstance<PartitionHost>(p, clock));
        services.AddSingleton<UsageMetrics>().AddSingleton<PartitionMetrics>();
        services.AddSingleton<ClusterView>().AddSingleton<OwnershipKeeper>().AddSingleton<Rehearsal>();
        services.AddSingleton(p => new PartitionHealth(p.GetRequiredService<PartitionHost>(), p.GetRequiredService<ClusterView>()));
        services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>, PartitionLifecycle>();
        services.AddPlacementDirector<PartitionPlacementStrategy, PartitionPlacementDirector>();
        services.AddBillingSerialization();
        // A partition with much to replay may take longer to come up than a grain usually does.
        services.Configure<GrainCollectionOptions>(o => o.ActivationTimeout = TimeSpan.FromMinutes(10));
        return silo;
    }
}
