using OrleansBilling.Core.Taxation;

namespace OrleansBilling.Grains.Partitions;

/// <summary>How a silo keeps its partitions.</summary>
public sealed class PartitionOptions
{
    /// <summary>Number of partitions; null takes the store's own, or the default when it is created.</summary>
    public int? Count { get; init; }

    /// <summary>Who takes ownership, for operators to read.</summary>
    public string Owner { get; init; } = Environment.MachineName;

    /// <summary>Records after which a partition saves a snapshot while it runs; more where it knows very many events.</summary>
    public long SnapshotEvery { get; init; } = 50_000;

    /// <summary>Records after which it saves one when the silo stops.</summary>
    public long SnapshotAtStop { get; init; } = 1_000;

    /// <summary>How long raw usage stays in the archive. Default 13 months of 31 days.</summary>
    public TimeSpan Retention { get; init; } = TimeSpan.FromDays(13 * 31);

    /// <summary>How often the wall clock's tenants are sealed. Default one minute.</summary>
    public TimeSpan SealEvery { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Longest wait before changed totals are told to their subscriptions. Default 100 ms.</summary>
    public TimeSpan DeliverEvery { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Records after which it saves one before it hands a partition over, so that the new owner replays few.</summary>
    public long SnapshotAtHandOver { get; init; } = 20_000;

    /// <summary>How often the store is asked whether this silo is still the owner of what it has. Default one second.</summary>
    public TimeSpan ConfirmEvery { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long an answer to that holds; infinite, the default, where a store has one user.</summary>
    public TimeSpan ConfirmedFor { get; init; } = Timeout.InfiniteTimeSpan;

    /// <summary>The tax rules of this cluster; the same on every silo.</summary>
    public TaxEngine Taxes { get; init; } = new(TaxData.BuiltIn);
}
