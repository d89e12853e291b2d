namespace OrleansBilling.Gateway.Usage;

/// <summary>The one order of an event's dimensions.</summary>
internal static class Dimensions
{
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
