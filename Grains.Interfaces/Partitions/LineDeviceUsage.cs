namespace OrleansBilling.Contracts.Partitions;

/// <summary>What one device used of one line.</summary>
/// <param name="Line">Index among the lines that were asked for.</param>
/// <param name="Device">Its id.</param>
/// <param name="Name">Null for a device without.</param>
/// <param name="Meter">What counted it.</param>
/// <param name="Quantity">In the unit of the line.</param>
/// <param name="Events">Raw events behind it; what a correction takes back from an earlier invoice counts as -1.</param>
/// <param name="Amount">Exact money that it causes by itself, in major units; null where amounts depend on what others use, as with tiers.</param>
[GenerateSerializer, Immutable, Alias("billing.line-device-usage")]
public sealed record LineDeviceUsage(
    [property: Id(0)] int Line,
    [property: Id(1)] string Device,
    [property: Id(2)] string? Name,
    [property: Id(3)] string Meter,
    [property: Id(4)] decimal Quantity,
    [property: Id(5)] long Events,
    [property: Id(6)] decimal? Amount);
