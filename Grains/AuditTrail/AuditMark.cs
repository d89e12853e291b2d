using System.Buffers.Binary;
using NodaTime;
using OrleansBilling.Contracts.AuditTrail;

namespace OrleansBilling.Grains.AuditTrail;

/// <summary>What memory has of an entry: where it is in the log, and enough to pass over most of those that nobody asked for.</summary>
/// <param name="At">Unix ticks.</param>
/// <param name="Entity">Hash of its id, as <see cref="HashOf"/> says; so are those that follow.</param>
internal readonly record struct AuditMark(long Number, long Lsn, long At, uint Entity, uint Kind, uint Actor, uint Operation)
{
    /// <summary>Bytes of a packed one.</summary>
    public const int Size = 40;

    public static AuditMark Of(AuditContent content, long lsn) => new(
        content.Number, lsn, content.At.ToUnixTimeTicks(), HashOf(content.Id), HashOf(content.Kind), HashOf(content.Actor.Name),
        HashOf(content.Operation));

    /// <summary>Whether it may be wanted: what has the same hash is told apart by its content.</summary>
    public bool MayBe(AuditTrailQuery query) =>
        !(At < query.From?.ToUnixTimeTicks()) && !(At >= query.To?.ToUnixTimeTicks())
        && Fits(query.Entity, Entity) && Fits(query.Kind, Kind) && Fits(query.Actor, Actor) && Fits(query.Operation, Operation);

    public static byte[] Pack(ReadOnlySpan<AuditMark> marks)
    {
        var bytes = new byte[marks.Length * Size];
        for (var i = 0; i < marks.Length; i++)
        {
            var mark = marks[i];
            var into = bytes.AsSpan(i * Size);
            BinaryPrimitives.WriteInt64LittleEndian(into, mark.Number);
            BinaryPrimitives.WriteInt64LittleEndian(into[8..], mark.Lsn);
            BinaryPrimitives.WriteInt64LittleEndian(into[16..], mark.At);
            BinaryPrimitives.WriteUInt32LittleEndian(into[24..], mark.Entity);
            BinaryPrimitives.WriteUInt32LittleEndian(into[28..], mark.Kind);
            BinaryPrimitives.WriteUInt32LittleEndian(into[32..], mark.Actor);
            BinaryPrimitives.WriteUInt32LittleEndian(into[36..], mark.Operation);
        }
        return bytes;
    }

    public static AuditMark Read(ReadOnlySpan<byte> from) => new(
        BinaryPrimitives.ReadInt64LittleEndian(from), BinaryPrimitives.ReadInt64LittleEndian(from[8..]),
        BinaryPrimitives.ReadInt64LittleEndian(from[16..]), BinaryPrimitives.ReadUInt32LittleEndian(from[24..]),
        BinaryPrimitives.ReadUInt32LittleEndian(from[28..]), BinaryPrimitives.ReadUInt32LittleEndian(from[32..]),
        BinaryPrimitives.ReadUInt32LittleEndian(from[36..]));

    public AuditPlace Place(int partition) => new(Instant.FromUnixTimeTicks(At), partition, Number);

    /// <summary>FNV-1a over UTF-16; stored in snapshots, so it stays.</summary>
    public static uint HashOf(string text)
    {
        var hash = 2166136261;
        foreach (var c in text)
        {
            hash = unchecked((hash ^ c) * 16777619);
        }
        return hash;
    }

    private static bool Fits(string? wanted, uint hash) => wanted is null || HashOf(wanted) == hash;
}
