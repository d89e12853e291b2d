namespace OrleansBilling.Contracts.Common;

/// <summary>What became of a command.</summary>
public enum CommandOutcome
{
    /// <summary>Something new exists now.</summary>
    Created,

    /// <summary>The same command was carried out before; nothing changed.</summary>
    Unchanged,

    /// <summary>Something that existed was changed.</summary>
    Updated,

    /// <summary>The command makes no sense; nothing changed.</summary>
    Rejected,

    /// <summary>The id exists with other content, or the state forbids it; nothing changed.</summary>
    Conflict,

    /// <summary>The entity addressed does not exist for this tenant.</summary>
    NotFound,

    /// <summary>The entity is not as the caller has seen it; nothing changed. See <see cref="Precondition"/>.</summary>
    PreconditionFailed,
}
