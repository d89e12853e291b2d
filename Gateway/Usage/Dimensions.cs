namespace OrleansBilling.Gateway.Usage;

/// <summary>The one order of an event's dimensions.</summary>
internal static class Dimensions
{
    public const string Session = "session";
    public const string Phase = "phase";
    public const string Operation = "operation";

    /// <summary>Adds what fields of their own say; null is nothing. False when there are too many, or one comes twice.</summary>
    public static bool TryAdd(ref KeyValuePair<string, string>[]? dimensions, string? session, string? phase, string? operation)
    {
        if (session is null && phase is null && operation is null)
        {
            return true;
        }
        KeyValuePair<string, string>[] all = [.. dimensions ?? [], .. Named(session, phase, operation)];
        dimensions = all;
        return all.Length <= UsageLimits.MaxDimensions && SortDistinct(all);
    }

    private static IEnumerable<KeyValuePair<string, string>> Named(string? session, string? phase, string? operation) =>
        new[] { (Name: Session, Value: session), (Name: Phase, Value: phase), (Name: Operation, Value: operation) }
            .Where(d => d.Value is not null).Select(d => KeyValuePair.Create(d.Name, d.Value!));

    /// <summary>Sorts by name; false when a name comes twice.</summary>
    public static bool SortDistinct(KeyValuePair<string, string>[] dimensions)
    {
        if (dimensions.Length < 2)
        {
            return true;
        }
        Array.Sort(dimensions, (left, right) => string.CompareOrdinal(left.Key, right.Key));
        for (var i = 1; i < dimensions.Length; i++)
        {
            if (dimensions[i].Key == dimensions[i - 1].Key)
            {
                return false;
            }
        }
        return true;
    }
}
