using System.Text.Json;
using NodaTime;
using OrleansBilling.Contracts.AuditTrail;
using OrleansBilling.Contracts.Serialization;
using OrleansBilling.Grains.AuditTrail;
using OrleansBilling.Grains.Records;

namespace OrleansBilling.Grains.Partitions;

/// <summary>The part of audit trails that this partition has; see docs/adr/0035.</summary>
internal sealed partial class PartitionGrain : IAuditTrailGrain
{
    private const int MaxPlaces = 10_000;
    private const int MaxTrailEntries = 1_000;

    /// <summary>Entries that are read at once to verify them.</summary>
    private const int VerifiedAtOnce = 500;

    public async Task<AuditPlace[]> Places(AuditTrailQuery query, AuditPlace? beyond, bool ascending, int limit)
    {
        var partition = await host.Acquire(Number);
        return await partition.DoDurably(t => Marks(t.State.AuditTrails.Trail(query.Trail), beyond, ascending).Where(mark => mark.MayBe(query))
            .Select(mark => mark.Place(Number)).Take(Math.Min(limit, MaxPlaces)).ToArray());
    }

    public async Task<AuditEntry[]> Entries(AuditTrailQuery query, long[] numbers)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(numbers.Length, MaxTrailEntries);
        var partition = await host.Acquire(Number);
        var marks = await partition.DoDurably(t => Marks(t.State.AuditTrails.Trail(query.Trail), numbers).ToArray());
        var found = new List<AuditEntry>(marks.Length);
        await ReadAt(Array.ConvertAll(marks, m => m.Lsn), (lsn, bytes) =>
        {
            if (EntryOf(bytes) is { } stored && Array.Find(marks, m => m.Lsn == lsn) is var mark && Wants(query, stored))
            {
                found.Add(new(mark.Place(Number), stored.Previous, stored.Hash, stored.Content.Utf8.ToArray()));
            }
        });
        return [.. found];
    }

    public async Task<AuditTrailReport> Verify(string trail)
    {
        var partition = await host.Acquire(Number);
        var (marks, head, last) = await partition.DoDurably(t =>
            (Marks(t.State.AuditTrails.Trail(trail), null, ascending: true).ToArray(), t.State.AuditTrails.Trail(trail).Head, t.State.AuditTrails.Trail(trail).LastNumber));
        var verification = new AuditVerification(trail, Number);
        foreach (var some in marks.Chunk(VerifiedAtOnce))
        {
            var stored = new Dictionary<long, AuditEntryAppended>();
            await ReadAt([.. some.Select(m => m.Lsn).Order()], (lsn, bytes) =>
            {
                if (EntryOf(bytes) is { } entry)
                {
                    stored[lsn] = entry;
                }
            });
            foreach (var mark in some)
            {
                verification.Take(mark.Number, stored.GetValueOrDefault(mark.Lsn));
            }
        }
        return verification.Report(head, last);
    }

    public async Task Record(string trail, string kind, string id, byte[] after)
    {
        var partition = await host.Acquire(Number);
        await partition.DoDurably(t =>
        {
            t.Note(AuditSubject.Made(trail, kind, id, new RawJson(after)));
            return true;
        });
    }

    private IEnumerable<AuditMark> Marks(AuditTrailState trail, AuditPlace? beyond, bool ascending)
    {
        var kept = FirstKept(trail);
        if (ascending)
        {
            var first = beyond is { } last ? Math.Max(kept, trail.FirstWhere(m => m.Place(Number) > last)) : kept;
            return trail.Marks.Skip(first);
        }
        var end = beyond is { } newest ? trail.FirstWhere(m => m.Place(Number) >= newest) : trail.Marks.Count;
        return Enumerable.Range(1, Math.Max(0, end - kept)).Select(back => trail.Marks[end - back]);
    }

    private IEnumerable<AuditMark> Marks(AuditTrailState trail, long[] numbers)
    {
        var kept = FirstKept(trail);
        return numbers.Select(number => trail.FirstWhere(m => m.Number >= number))
            .Where((index, i) => index >= kept && index < trail.Marks.Count && trail.Marks[index].Number == numbers[i])
            .Select(index => trail.Marks[index]);
    }

    /// <summary>The archive has it, and what comes after it, for certain.</summary>
    private int FirstKept(AuditTrailState trail)
    {
        var from = Instant.FromDateTimeOffset(_time.GetUtcNow() - options.Retention).ToUnixTimeTicks();
        return trail.FirstWhere(m => m.At >= from);
    }

    private static AuditEntryAppended? EntryOf(ReadOnlyMemory<byte> bytes) =>
        (RecordType)bytes.Span[0] == RecordType.AuditEntryAppended ? (AuditEntryAppended)RareRecordCodec.Decode(bytes.Span) : null;

    private static bool Wants(AuditTrailQuery query, AuditEntryAppended stored) =>
        JsonSerializer.Deserialize<AuditContent>(stored.Content.Utf8.Span, BillingJson.Options) is { } content
        && content.Trail == query.Trail
        && (query.Entity ?? content.Id) == content.Id && (query.Kind ?? content.Kind) == content.Kind
        && (query.Actor ?? content.Actor.Name) == content.Actor.Name && (query.Operation ?? content.Operation) == content.Operation;
}
