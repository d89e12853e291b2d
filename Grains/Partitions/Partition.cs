using NodaTime;
using OrleansBilling.Contracts.AuditTrail;
using OrleansBilling.Contracts.Partitions;
using OrleansBilling.Core.Taxation;
using OrleansBilling.Grains.AuditTrail;
using OrleansBilling.Grains.Log;
using OrleansBilling.Grains.Records;

namespace OrleansBilling.Grains.Partitions;

/// <summary>
/// A partition that this silo owns: its state and its log behind one lock. Turns are short and synchronous: decide,
/// append,
/// apply. Grains are thin shells around it; see docs/adr/0002.
/// </summary>
internal sealed class Partition(
    PartitionState state, PartitionLog log, OwnershipLease lease, int partitionCount, TimeProvider time, TaxEngine taxes)
{
    private readonly Lock _gate = new();
    private readonly ByteWriter _writer = new();
    private volatile Exception? _broken;
    private bool _changing;
    private AuditTurn? _audited;

    public int Number => log.Partition;

    public long Epoch => log.Epoch;

    public int PartitionCount => partitionCount;

    public TimeProvider Time => time;

    /// <summary>The taxes of invoices.</summary>
    public TaxEngine Taxes => taxes;

    public PartitionLog Log => log;

    /// <summary>Position that the newest snapshot covers.</summary>
    public long SnapshotLsn { get; set; }

    /// <summary>Why this memory may no longer be used; null while it may.</summary>
    public Exception? Failure => log.Failure ?? _broken;

    /// <summary>Ends the use of this memory, because somebody else owns the partition.</summary>
    public void Fence() => _broken ??= new PartitionFencedException(Number, Epoch);

    /// <summary>A turn: reads the state, or changes it through the <see cref="Turn"/>.</summary>
    /// <exception cref="PartitionUnavailableException">The partition is lost to this silo.</exception>
    public T Do<T>(Func<Turn, T> turn)
    {
        lock (_gate)
        {
            return Take(turn);
        }
    }

    /// <summary>A turn without a result.</summary>
    public void Do(Action<Turn> turn) => Do(t =>
    {
        turn(t);
        return true;
    });

    /// <summary>A turn whose result leaves the silo: answers when all it may have seen is durable.</summary>
    public async Task<T> DoDurably<T>(Func<Turn, T> turn)
    {
        T result;
        long seen;
        lock (_gate)
        {
            result = Take(turn);
            seen = log.LastLsn;
        }
        await Durable(seen);
        return result;
    }

    /// <summary>
    /// Mends soft state under the lock, also while no turn is allowed: ownership may be confirmed again, and what was not given back
    /// by then would be missing for ever.
    /// </summary>
    public void Amend(Action<PartitionState> change)
    {
        lock (_gate)
        {
            change(state);
        }
    }

    /// <summary>
    /// A turn that throws while it changes something may have applied half of it: memory may then be ahead of the log
    /// and must
    /// not be used again. The host loads it anew.
    /// </summary>
    private T Take<T>(Func<Turn, T> turn)
    {
        if (Failure is { } failure)
        {
            throw Unavailable(failure);
        }
        if (!lease.Holds)
        {
            throw new PartitionUnavailableException(
                $"Partition {Number} does not know whether it is still the owner; its storage does not answer.");
        }
        _changing = false;
        _audited = null;
        // The records of one turn reach the disk together or not at all.
        using var whole = log.BeginTurn();
        try
        {
            var result = turn(new(this));
            AppendAudited();
            return result;
        }
        catch (Exception e) when (_changing)
        {
            _broken = e;
            throw;
        }
    }

    /// <summary>Waits until a position is on disk.</summary>
    public async ValueTask Durable(long lsn)
    {
        try
        {
            await log.DurableAsync(lsn);
        }
        catch (LogException e)
        {
            throw Unavailable(e);
        }
    }

    // Without the cause itself: a client does not have its type.
    private PartitionUnavailableException Unavailable(Exception cause) =>
        new($"Partition {Number} cannot write its log now: {cause.Message}");

    /// <summary>What a turn may do.</summary>
    public readonly struct Turn(Partition partition)
    {
        public PartitionState State => partition.ShownState;

        /// <summary>The position the next record will have.</summary>
        public long NextLsn => partition.Log.LastLsn + 1;

        /// <summary>Says that what follows changes the state before its record is appended.</summary>
        public void BeginChange() => partition._changing = true;

        /// <summary>Appends a fact, then applies it.</summary>
        public void Append(object fact)
        {
            BeginChange();
            Note(AuditSubjects.Of(fact, State, partition.Time));
            var lsn = partition.AppendBytes(RareRecordCodec.Encode(fact), 0);
            partition.ShownState.Apply(fact, lsn);
        }

        /// <summary>
        /// Says that the caller is about to change something, for the audit trail; facts say so themselves. When the turn ends, the entry goes
        /// to the log with what it changed: both are there, or neither.
        /// </summary>
        public void Note(AuditSubject? subject)
        {
            if (subject is not null && (subject.By ?? ChangeCaller.Current) is { } by)
            {
                (partition._audited ??= new()).Note(subject, by);
            }
        }

        /// <summary>Appends usage that <see cref="Devices.DeviceBook.Decide"/> has applied.</summary>
        public long Append(in UsageRecord record)
        {
            var writer = partition._writer;
            writer.Clear();
            UsageRecordCodec.Write(writer, record);
            return partition.AppendBytes(writer.Written, EventTicks.Of(record.Time));
        }
    }

    private PartitionState ShownState => state;

    private void AppendAudited()
    {
        if (_audited is null)
        {
            return;
        }
        _changing = true;
        foreach (var entry in _audited.Entries(state.AuditTrails, Number, Instant.FromDateTimeOffset(time.GetUtcNow())))
        {
            state.Apply(entry, AppendBytes(RareRecordCodec.Encode(entry), 0));
        }
    }

    private long AppendBytes(ReadOnlySpan<byte> record, long eventTicks)
    {
        try
        {
            return log.Append(record, eventTicks);
        }
        catch (LogException e)
        {
            throw Unavailable(e);
        }
    }
}
