using OrleansBilling.Silo.Commands.Import.Sending;

namespace OrleansBilling.Silo.Commands.Import;

/// <summary>
/// Holds events compactly (their JSON in large blocks, about 40 bytes beside it) and gives them out by time.
/// </summary>
internal sealed class SortBuffer
{
    private const int BlockSize = 1 << 20;
    private readonly List<byte[]> _blocks = [];
    private readonly List<Entry> _entries = [];
    private int _used = BlockSize;

    private readonly record struct Entry(long Ticks, int Order, int Block, int Offset, int Length, uint Lane, int File,
        long Line);

    public void Add(long ticks, uint lane, ReadOnlySpan<byte> json, int file, long line)
    {
        if (_used + json.Length > BlockSize)
        {
            _blocks.Add(new byte[Math.Max(BlockSize, json.Length)]);
            _used = 0;
        }

        json.CopyTo(_blocks[^1].AsSpan(_used));
        _entries.Add(new(ticks, _entries.Count, _blocks.Count - 1, _used, json.Length, lane, file, line));
        _used += json.Length;
    }

    /// <summary>Equal times keep the order of the files.</summary>
    public IEnumerable<OutgoingEvent> InOrder()
    {
        _entries.Sort(static (a, b) => a.Ticks != b.Ticks ? a.Ticks.CompareTo(b.Ticks) : a.Order.CompareTo(b.Order));
        for (var i = 0; i < _entries.Count; i++)
        {
            var entry = _entries[i];
            yield return new(
                i, entry.Ticks, entry.Lane, _blocks[entry.Block].AsMemory(entry.Offset, entry.Length), entry.File,
                    entry.Line,
                null);
        }
    }
}
