namespace OrleansBilling.Grains.Log;

/// <summary>Where a partition's log stands in the store.</summary>
/// <param name="Epoch">The newest epoch taken; 0 when nobody ever owned the partition.</param>
/// <param name="FirstLsn">The oldest record still kept; <c>LastLsn + 1</c> when none is.</param>
/// <param name="LastLsn">The last durable record; 0 when there never was one.</param>
public readonly record struct LogPosition(long Epoch, long FirstLsn, long LastLsn);
