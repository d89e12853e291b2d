namespace OrleansBilling.Contracts.Usage;

/// <summary>
/// What became of a usage event. All but <see cref="Conflict"/> and <see cref="Rejected"/> are durable.
/// </summary>
public enum UsageStatus : byte
{
    /// <summary>Counted in its own billing period.</summary>
    Accepted,

    /// <summary>Came before with the same content; counts once.</summary>
    Duplicate,

    /// <summary>Its id came before with other content; the first one stays.</summary>
    Conflict,

    /// <summary>Accepted after its period was sealed; billed as late usage on the next invoice.</summary>
    Late,

    /// <summary>Kept but not billed until somebody fixes the reason.</summary>
    Quarantined,

    /// <summary>Refused: nothing was kept.</summary>
    Rejected,

    /// <summary>Between gateway and partitions: the identifier is a device's, which <see cref="UsageResult.Code"/> names; nothing was kept.</summary>
    Owned,

    /// <summary>Between gateway and partitions: the identifier is not the device's at that time; nothing was kept.</summary>
    NotOwner,
}
