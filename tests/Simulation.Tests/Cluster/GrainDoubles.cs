using System.Reflection;
using OrleansBilling.Contracts.Partitions;

namespace OrleansBilling.Simulation.Cluster;

/// <summary>What stands for Orleans between the partitions: a grain factory whose partition grains are reached by the network.</summary>
public static class GrainDoubles
{
    public static IGrainFactory Factory(Func<int, IPartitionGrain> find) => Make<IGrainFactory>((_, arguments) =>
        find((int)(long)arguments[0]!));

    /// <summary>A partition elsewhere, of which only what partitions say to each other can be called.</summary>
    public static IPartitionGrain Partition(
        Func<SliceDelivery, Task<SliceReceipt>> deliver, Func<int, long, Task> flush) => Make<IPartitionGrain>((method, arguments) =>
        method.Name switch
        {
            nameof(IPartitionGrain.Deliver) => deliver((SliceDelivery)arguments[0]!),
            nameof(IPartitionGrain.FlushTo) => flush((int)arguments[0]!, (long)arguments[1]!),
            _ => throw new NotSupportedException($"{method.Name} is not simulated."),
        });

    private static T Make<T>(Func<MethodInfo, object?[], object?> call) where T : class
    {
        var made = DispatchProxy.Create<T, Proxy>();
        ((Proxy)(object)made).Call = call;
        return made;
    }

    /// <summary>Derived from at run time.</summary>
    public class Proxy : DispatchProxy
    {
        internal Func<MethodInfo, object?[], object?> Call { get; set; } = null!;

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => Call(targetMethod!, args ?? []);
    }
}
