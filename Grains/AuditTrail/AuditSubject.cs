using OrleansBilling.Contracts.AuditTrail;

namespace OrleansBilling.Grains.AuditTrail;

/// <summary>The entity that a fact changes, for the audit trail.</summary>
/// <param name="Trail">Whose; see <see cref="AuditTrails"/>.</param>
/// <param name="Id">Where the entity is one of another, that one's id, a slash and its own.</param>
/// <param name="Before">Called before the turn changes it; null when there is no such entity. Secrets are never in it.</param>
/// <param name="After">Called at the end of the turn.</param>
internal sealed record AuditSubject(string Trail, string Kind, string Id, Func<object?> Before, Func<object?> After)
{
    /// <summary>Who asked for it, where that is not the caller of the present call.</summary>
    public ChangeCaller? By { get; init; }

    /// <summary>An entity that can be looked at before and after.</summary>
    public AuditSubject(string trail, string kind, string id, Func<object?> view)
        : this(trail, kind, id, view, view)
    {
    }

    /// <summary>Something that is only ever made.</summary>
    public static AuditSubject Made(string trail, string kind, string id, object made) => new(trail, kind, id, () => null, () => made);
}
