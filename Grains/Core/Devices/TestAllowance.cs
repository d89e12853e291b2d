namespace OrleansBilling.Core.Devices;

/// <summary>When the free usage of a device in test is used up: a matter of the set of its usage, whatever came first.</summary>
public static class TestAllowance
{
    /// <summary>
    /// The first instant through which the usage of some meter comes to more than is free. All usage at or after that instant is billed, also
    /// what would have been free by itself: what happens at the instant of a change belongs to what begins then.
    /// </summary>
    /// <param name="free">By meter; of a meter that is not listed nothing is free.</param>
    /// <param name="usage">In any order.</param>
    /// <returns>Unix ticks; null while it is not used up.</returns>
    public static long? UsedUpAt(IReadOnlyList<FreeUsage> free, IEnumerable<TestUsage> usage)
    {
        var left = free.ToDictionary(f => f.Meter, f => f.Quantity, StringComparer.Ordinal);
        foreach (var instant in usage.GroupBy(u => u.UnixTicks).OrderBy(g => g.Key))
        {
            foreach (var used in instant)
            {
                left[used.Meter] = left.GetValueOrDefault(used.Meter) - used.Quantity;
            }
            if (instant.Any(used => left[used.Meter] < 0m || free.All(f => f.Meter != used.Meter)))
            {
                return instant.Key;
            }
        }

        return null;
    }
}
