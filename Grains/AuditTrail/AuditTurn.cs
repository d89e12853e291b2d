using System.Text.Json;
using NodaTime;
using OrleansBilling.Contracts.AuditTrail;
using OrleansBilling.Contracts.Serialization;
using OrleansBilling.Core.AuditTrail;
using OrleansBilling.Grains.Records;

namespace OrleansBilling.Grains.AuditTrail;

/// <summary>What one turn changes for callers: one entry for each entity, however many facts.</summary>
internal sealed class AuditTurn
{
    private readonly HashSet<(string Trail, string Kind, string Id)> _known = [];
    private readonly List<(AuditSubject Subject, ChangeCaller By, RawJson? Before)> _noted = [];

    /// <summary>To be called before the entity changes.</summary>
    public void Note(AuditSubject subject, ChangeCaller by)
    {
        if (_known.Add((subject.Trail, subject.Kind, subject.Id)))
        {
            _noted.Add((subject, by, AuditJson.Of(subject.Before())));
        }
    }

    /// <summary>The entries, each to be applied before the next is asked for.</summary>
    public IEnumerable<AuditEntryAppended> Entries(AuditBook book, int partition, Instant now)
    {
        foreach (var (subject, by, before) in _noted)
        {
            var trail = book.Trail(subject.Trail);
            var content = new AuditContent(
                subject.Trail, partition, trail.LastNumber + 1, Instant.Max(now, trail.LastAt), by.Operation, subject.Kind, subject.Id,
                AuditActor.Of(by, subject.Trail), by.RequestId, by.IdempotencyKey, before, AuditJson.Of(subject.After()));
            var bytes = JsonSerializer.SerializeToUtf8Bytes(content, BillingJson.Options);
            yield return new(subject.Trail, trail.Head, AuditChain.Next(trail.Head, bytes), new(bytes));
        }
    }
}
