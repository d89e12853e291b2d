namespace OrleansBilling.Contracts.Common;

/// <summary>
/// What a caller has seen of an entity that it wants to change. It goes with the call beside its arguments; the entity compares it in the same
/// step in which it changes, so that nothing comes in between.
/// </summary>
public sealed class Precondition
{
    private const string ContextKey = "billing.if-match";
    private readonly string[] _tags;

    private Precondition(string[] tags) => _tags = tags;

    /// <summary>The calls that follow in this flow are to change nothing unless the entity has one of these tags.</summary>
    public static void Demand(string[] tags) => RequestContext.Set(ContextKey, tags);

    /// <summary>What the present call demands; null for nothing. Calls that follow from it demand nothing.</summary>
    public static Precondition? Take()
    {
        var tags = RequestContext.Get(ContextKey) as string[];
        RequestContext.Remove(ContextKey);
        return tags is null ? null : new(tags);
    }

    /// <summary>Whether the entity is not one that the caller has seen.</summary>
    public bool Fails<T>(T entity) => !_tags.Contains(EntityTag.Of(entity));
}
