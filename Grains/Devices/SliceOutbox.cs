namespace OrleansBilling.Grains.Devices;

/// <summary>Slices that changed since their subscription's partition was last told, by that partition.</summary>
internal sealed class SliceOutbox
{
    private readonly List<SliceTotals>[] _waiting;

    public SliceOutbox(int partitionCount)
    {
        _waiting = new List<SliceTotals>[partitionCount];
        for (var i = 0; i < partitionCount; i++)
        {
            _waiting[i] = [];
        }
    }

    /// <summary>Whether anything waits for anybody.</summary>
    public bool Any { get; private set; }

    public void Touch(SliceTotals slice)
    {
        if (!slice.Dirty)
        {
            slice.Dirty = true;
            _waiting[slice.Terms.OwnerPartition].Add(slice);
            Any = true;
        }
    }

    public bool AnyFor(int target) => _waiting[target].Count > 0;

    /// <summary>Takes what waits for a partition; a failed delivery gives it back with <see cref="Touch"/>.</summary>
    public SliceTotals[] Take(int target)
    {
        SliceTotals[] taken = [.. _waiting[target]];
        _waiting[target].Clear();
        foreach (var slice in taken)
        {
            slice.Dirty = false;
        }
        Any = Array.Exists(_waiting, w => w.Count > 0);
        return taken;
    }
}
