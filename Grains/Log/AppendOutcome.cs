namespace OrleansBilling.Grains.Log;

/// <summary>What became of one segment of an append.</summary>
public enum AppendOutcome
{
    /// <summary>Durable.</summary>
    Written,

    /// <summary>Nothing was written: the partition has a newer epoch, so somebody else owns it.</summary>
    Fenced,

    /// <summary>Nothing was written: the epoch is current, but the first LSN does not follow the last one.</summary>
    OutOfSequence,
}
