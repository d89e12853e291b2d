using System.Buffers.Binary;

namespace OrleansBilling.Grains.Log;

/// <summary>
/// Lays a segment out as bytes, little-endian: format byte, partition (int 32), epoch, first LSN (int 64),
/// record count (int 32), recorded, minimum and maximum event ticks (int 64), payload length (int 32), CRC-32C of all
/// of that and the payload; then the payload. Format 1 has each record as its varint length and its bytes there; format 2,
/// which is written, as <see cref="FrontCoding"/> says.
/// </summary>
/// <remarks>Every version ever written stays readable; the tests keep a golden file of each.</remarks>
public static class SegmentCodec
{
    /// <summary>Bytes before the payload.</summary>
    public const int HeaderLength = 57;

    private const byte WholeRecords = 1;
    private const byte FrontCoded = 2;
    private const int CrcOffset = HeaderLength - sizeof(uint);

    /// <summary>Lays out complete records, for callers which have them at hand.</summary>
    /// <param name="records">At least one.</param>
    /// <param name="header">Its record count is replaced by the number of <paramref name="records"/>.</param>
    public static SegmentWrite Encode(SegmentHeader header, IReadOnlyList<ReadOnlyMemory<byte>> records)
    {
        ArgumentOutOfRangeException.ThrowIfZero(records.Count);
        var encoded = new byte[HeaderLength + records.Sum(record => FrontCoding.MostFraming + record.Length)];
        var framing = new FrontCoding();
        var length = HeaderLength;
        foreach (var record in records)
        {
            length += framing.Write(encoded.AsSpan(length), record.Span);
        }
        header = header with { RecordCount = records.Count };
        WriteHeader(encoded.AsSpan(0, length), header);
        return new(header, encoded.AsMemory(0, length));
    }

    /// <summary>Fills in the header in front of a payload which is already in place.</summary>
    /// <param name="encoded">Exactly the segment: <see cref="HeaderLength"/> bytes and the payload.</param>
    internal static void WriteHeader(Span<byte> encoded, in SegmentHeader header)
    {
        encoded[0] = FrontCoded;
        BinaryPrimitives.WriteInt32LittleEndian(encoded[1..], header.Partition);
        BinaryPrimitives.WriteInt64LittleEndian(encoded[5..], header.Epoch);
        BinaryPrimitives.WriteInt64LittleEndian(encoded[13..], header.FirstLsn);
        BinaryPrimitives.WriteInt32LittleEndian(encoded[21..], header.RecordCount);
        BinaryPrimitives.WriteInt64LittleEndian(encoded[25..], header.RecordedTicks);
        BinaryPrimitives.WriteInt64LittleEndian(encoded[33..], header.MinEventTicks);
        BinaryPrimitives.WriteInt64LittleEndian(encoded[41..], header.MaxEventTicks);
        BinaryPrimitives.WriteInt32LittleEndian(encoded[49..], encoded.Length - HeaderLength);
        BinaryPrimitives.WriteUInt32LittleEndian(encoded[CrcOffset..], ChecksumOf(encoded));
    }

    /// <summary>Verifies everything before it returns anything.</summary>
    /// <param name="encoded">The stored bytes; the segment may refer to them.</param>
    /// <param name="partition">Where the store says that the segment belongs, also used to name it in errors.</param>
    /// <param name="firstLsn">Its first record according to the store's index.</param>
    /// <param name="lastLsn">Its last record according to the store's index.</param>
    /// <exception cref="LogCorruptException">Any bit differs from what was written, or the index disagrees.</exception>
    public static Segment Decode(ReadOnlyMemory<byte> encoded, int partition, long firstLsn, long lastLsn)
    {
        var bytes = encoded.Span;
        if (FindProblem(bytes) is { } damage)
        {
            throw new LogCorruptException(partition, firstLsn, lastLsn, damage);
        }
        var header = ReadHeader(bytes);
        var payload = encoded[HeaderLength..];
        string? problem;
        if (bytes[0] == FrontCoded)
        {
            payload = FrontCoding.Expand(payload.Span, header.RecordCount, out problem);
        }
        else
        {
            problem = FindFramingProblem(payload.Span, header.RecordCount);
        }
        if (problem is not null)
        {
            throw new LogCorruptException(partition, firstLsn, lastLsn, problem);
        }
        if (header.Partition != partition || header.FirstLsn != firstLsn || header.LastLsn != lastLsn)
        {
            throw new LogCorruptException(partition, firstLsn, lastLsn,
                $"the segment stored there says partition {header.Partition}, " +
                $"LSN {header.FirstLsn} to {header.LastLsn}");
        }
        return new(header, payload);
    }

    private static SegmentHeader ReadHeader(ReadOnlySpan<byte> bytes) => new(
        BinaryPrimitives.ReadInt32LittleEndian(bytes[1..]),
        BinaryPrimitives.ReadInt64LittleEndian(bytes[5..]),
        BinaryPrimitives.ReadInt64LittleEndian(bytes[13..]),
        BinaryPrimitives.ReadInt32LittleEndian(bytes[21..]),
        BinaryPrimitives.ReadInt64LittleEndian(bytes[25..]),
        BinaryPrimitives.ReadInt64LittleEndian(bytes[33..]),
        BinaryPrimitives.ReadInt64LittleEndian(bytes[41..]));

    private static string? FindProblem(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < HeaderLength)
        {
            return $"only {bytes.Length} bytes of the {HeaderLength} byte header are left";
        }
        if (bytes[0] is not (WholeRecords or FrontCoded))
        {
            return $"format {bytes[0]} is unknown; this program reads formats {WholeRecords} and {FrontCoded}";
        }
        var payloadLength = BinaryPrimitives.ReadInt32LittleEndian(bytes[49..]);
        if (payloadLength != bytes.Length - HeaderLength)
        {
            return $"the payload has {bytes.Length - HeaderLength} bytes where its header says {payloadLength}";
        }
        return BinaryPrimitives.ReadUInt32LittleEndian(bytes[CrcOffset..]) == ChecksumOf(bytes)
            ? null
            : "the CRC-32C does not match the bytes";
    }

    // The checksum has passed, so this finds our own mistakes rather than the disk's.
    private static string? FindFramingProblem(ReadOnlySpan<byte> payload, int recordCount)
    {
        var found = 0;
        while (!payload.IsEmpty)
        {
            if (!Varint.TryRead(payload, out var length, out var prefix) || length > payload.Length - prefix)
            {
                return $"record {found + 1} of {recordCount} leaves the payload";
            }
            payload = payload[(prefix + length)..];
            found++;
        }
        return found == recordCount && found > 0
            ? null
            : $"it holds {found} records where its header says {recordCount}";
    }

    private static uint ChecksumOf(ReadOnlySpan<byte> encoded) =>
        Crc32C.Finish(Crc32C.Update(Crc32C.Update(Crc32C.Start, encoded[..CrcOffset]), encoded[HeaderLength..]));
}
