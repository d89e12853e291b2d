using System.Reflection;
using OrleansBilling.Grains.Partitions;

namespace OrleansBilling.Grains.Tests.Partitions;

/// <summary>Where grains are put that belong to a partition.</summary>
public sealed class PlacementTests
{
    [Fact]
    public void Every_grain_of_a_partition_can_be_placed_among_several_silos()
    {
        string[] types = [.. typeof(PartitionGrain).Assembly.GetTypes()
            .Where(type => type.IsDefined(typeof(PartitionPlacementAttribute)))
            .Select(type => type.GetCustomAttributesData().Single(a => a.AttributeType == typeof(GrainTypeAttribute)))
            .Select(attribute => (string)attribute.ConstructorArguments[0].Value!)];
        Assert.Contains("jobs", types);
        Assert.All(types, type => Assert.InRange(
            PartitionPlacementDirector.PartitionOf(
                GrainId.Create(
                    GrainType.Create(type), type == "partition" ? GrainIdKeyExtensions.CreateIntegerKey(3) : IdSpan.Create("t/x")), 4),
            0, 3));
    }
}
