using NodaTime;

namespace OrleansBilling.Core.Usage;

/// <summary>Finds places in lists that are in order of time.</summary>
internal static class TimeOrder
{
    /// <summary>The index of the item at an instant, or the complement of where it belongs.</summary>
    /// <remarks>Readings mostly come in order: an instant after all others is told at once.</remarks>
    internal static int Find<T>(List<T> items, Instant time, Func<T, Instant> timeOf)
    {
        var (low, high) = (0, items.Count - 1);
        if (high >= 0 && timeOf(items[high]) < time)
        {
            return ~(high + 1);
        }

        while (low <= high)
        {
            var middle = (low + high) / 2;
            var order = timeOf(items[middle]).CompareTo(time);
            if (order == 0)
            {
                return middle;
            }

            (low, high) = order < 0 ? (middle + 1, high) : (low, middle - 1);
        }

        return ~low;
    }
}
