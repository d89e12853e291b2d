namespace OrleansBilling.Core.Documents;

/// <summary>Turns ascending byte offsets into lines and columns, in one pass over the text.</summary>
internal sealed class JsonPlace(ReadOnlyMemory<byte> utf8)
{
    private int _offset;
    private int _line = 1;
    private int _column = 1;

    /// <summary>The place of an offset that is not below the one asked for before.</summary>
    internal TextPosition Of(long offset)
    {
        foreach (var next in utf8.Span[_offset..(int)offset])
        {
            if (next == '\n')
            {
                _line++;
                _column = 1;
            }
            else if ((next & 0xC0) != 0x80)
            {
                // Bytes that continue a character are no column.
                _column++;
            }
        }

        _offset = (int)offset;
        return new(_line, _column);
    }
}
