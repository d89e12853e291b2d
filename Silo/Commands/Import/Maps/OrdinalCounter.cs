namespace OrleansBilling.Silo.Commands.Import.Maps;

/// <summary>
/// Numbers equal texts: 1 for the first, 2 for the second. It remembers at least the last <see cref="Window"/> texts,
/// by a 128-bit hash: rows that repeat stand near each other, and a year of half hours of fifty meters still fits.
/// </summary>
public sealed class OrdinalCounter(int window = OrdinalCounter.Window)
{
    /// <summary>Texts remembered; about 30 MB.</summary>
    public const int Window = 500_000;

    private Dictionary<UInt128, int> _newer = [];
    private Dictionary<UInt128, int> _older = [];

    /// <summary>The number of this text.</summary>
    public int Next(string scope, string text)
    {
        var key = Key(scope, text);
        if (!_newer.Remove(key, out var count))
        {
            count = _older.GetValueOrDefault(key);
        }

        if (_newer.Count >= window)
        {
            (_older, _newer) = (_newer, []);
        }

        return _newer[key] = count + 1;
    }

    private static UInt128 Key(string scope, string text)
    {
        Span<byte> hash = stackalloc byte[16];
        System.IO.Hashing.XxHash128.Hash(System.Text.Encoding.UTF8.GetBytes($"{scope}\n{text}"), hash);
        return System.Buffers.Binary.BinaryPrimitives.ReadUInt128LittleEndian(hash);
    }
}
