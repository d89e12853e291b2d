using NodaTime;
using Orleans.Concurrency;
using OrleansBilling.Contracts.Idempotency;
using OrleansBilling.Contracts.Partitions;
using OrleansBilling.Grains.Partitions;
using OrleansBilling.Grains.Records;

namespace OrleansBilling.Grains.Idempotency;

/// <summary>Shell around one call of the <see cref="CallBook"/>.</summary>
/// <remarks>
/// That a call is being carried out is remembered here only: what is lost with the silo is a refusal, and a repeat is carried out,
/// which the ids in requests make safe.
/// </remarks>
[Reentrant, GrainType("idempotent-call"), PartitionPlacement, CollectionAgeLimit(Minutes = 2)]
internal sealed class IdempotentCallGrain(PartitionHost host) : EntityGrain(host, EntityKind.IdempotentCall), IIdempotentCallGrain
{
    /// <summary>A caller that died would keep its call for ever; one that takes longer may meet a repeat.</summary>
    private static readonly Duration Patience = Duration.FromMinutes(1);

    private (string Fingerprint, Instant Until)? _running;

    public async Task<CallBegun> Begin(string fingerprint)
    {
        var partition = await Home();
        var now = Now(partition);
        if (await partition.DoDurably(t => t.State.Calls.Find(Key.Tenant, Key.Id, now)) is { } held)
        {
            return held.Fingerprint == fingerprint
                ? new(CallState.Answered, await Read(held.Lsn))
                : new(CallState.Different);
        }
        if (_running is { } running && now < running.Until)
        {
            return new(running.Fingerprint == fingerprint ? CallState.Running : CallState.Different);
        }
        _running = (fingerprint, now + Patience);
        return new(CallState.New);
    }

    public async Task<CallAnswer> Finish(CallAnswer answer)
    {
        var partition = await Home();
        var now = Now(partition);
        var before = await partition.DoDurably(t =>
        {
            var held = t.State.Calls.Find(Key.Tenant, Key.Id, now);
            if (held is null)
            {
                t.Append(new CallAnswered(Key.Tenant, Key.Id, answer with { At = now }));
            }
            return held;
        });
        _running = null;
        return before is null || before.Fingerprint != answer.Fingerprint ? answer : await Read(before.Lsn);
    }

    public Task Release(string fingerprint)
    {
        if (_running is { } running && running.Fingerprint == fingerprint)
        {
            _running = null;
        }
        return Task.CompletedTask;
    }

    private async Task<CallAnswer> Read(long lsn)
    {
        await foreach (var segment in Host.Store.ReadAsync(PartitionNumber, lsn, CancellationToken.None))
        {
            foreach (var entry in segment)
            {
                if (entry.Lsn == lsn)
                {
                    return ((CallAnswered)RareRecordCodec.Decode(entry.Bytes.Span)).Answer;
                }
            }
            break;
        }
        throw new InvalidDataException($"Position {lsn} of partition {PartitionNumber} is not in the archive.");
    }

    private static Instant Now(Partition partition) => Instant.FromDateTimeOffset(partition.Time.GetUtcNow());
}
