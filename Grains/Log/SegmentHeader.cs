namespace OrleansBilling.Grains.Log;

/// <summary>Describes the records which one commit wrote for one partition.</summary>
/// <param name="Partition">From 0.</param>
/// <param name="Epoch">The writer's epoch; from 1.</param>
/// <param name="FirstLsn">Number of the first record; from 1.</param>
/// <param name="RecordCount">At least 1.</param>
/// <param name="RecordedTicks">When the segment was written, in UTC ticks of 100 ns.</param>
/// <param name="MinEventTicks">The earliest event time of its records in UTC ticks; 0 when none has one.</param>
/// <param name="MaxEventTicks">The latest event time, inclusive; 0 when none has one.</param>
public readonly record struct SegmentHeader(
    int Partition,
    long Epoch,
    long FirstLsn,
    int RecordCount,
    long RecordedTicks,
    long MinEventTicks,
    long MaxEventTicks)
{
    /// <summary>Number of the last record.</summary>
    public long LastLsn => FirstLsn + RecordCount - 1;

    /// <summary>Whether any record has an event time.</summary>
    public bool HasEventTimes => MinEventTicks != 0 || MaxEventTicks != 0;
}
