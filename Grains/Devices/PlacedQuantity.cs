namespace OrleansBilling.Grains.Devices;

/// <summary>A change of what a device used in one period of one subscription.</summary>
/// <param name="Events">1 for usage that came, -1 for what it replaces, 0 for a correction that is no event of its
/// own.</param>
/// <param name="Late">How the number of late events changes; null: all of them are late when their slice is.</param>
internal readonly record struct PlacedQuantity(SliceTotals Slice, decimal Quantity, int Events, int? Late = null);
