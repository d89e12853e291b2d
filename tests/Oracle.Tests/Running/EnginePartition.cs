using NodaTime;
using OrleansBilling.Contracts.Partitions;
using OrleansBilling.Contracts.Usage;
using OrleansBilling.Grains.Auditing;
using OrleansBilling.Grains.Log;
using OrleansBilling.Grains.Partitions;
using OrleansBilling.Grains.Records;
using OrleansBilling.Grains.Tenants;

namespace OrleansBilling.Oracle.Running;

/// <summary>One partition's state and, where it is audited or restarted, its log in memory.</summary>
internal sealed class EnginePartition(int number, int count, bool logs)
{
    internal const string TenantId = "t";

    /// <summary>More than any case lasts: no event is too old.</summary>
    private static readonly TimeSpan Window = TimeSpan.FromDays(36_500);

    private static readonly Duration Grace = Duration.FromHours(1);

    private readonly List<LogRecord> _log = [];
    private readonly ByteWriter _writer = new();
    private long _lsn;

    internal int Number => number;

    internal PartitionState State { get; private set; } = new(count);

    internal TenantCopy Tenant => State.Tenant(TenantId)!;

    internal void Begin(Instant now)
    {
        Append(new TenantLearned(new(TenantId, TenantId, now, Grace.ToTimeSpan(), Window)));
        Append(new Sealed(TenantId, now, now - Grace));
    }

    /// <summary>The clock moves so far that a period which ended then is over.</summary>
    internal void Seal(Instant through) => Append(new Sealed(TenantId, through + Grace, through));

    internal void Append(object fact)
    {
        _lsn++;
        if (logs)
        {
            _log.Add(new(_lsn, RareRecordCodec.Encode(fact)));
        }

        State.Apply(fact, _lsn);
    }

    internal void AppendAll(IEnumerable<object> facts)
    {
        foreach (var fact in facts)
        {
            Append(fact);
        }
    }

    internal UsageResult Report(in UsageEvent e, Instant now)
    {
        var record = default(UsageRecord);
        var result = State.Devices.Decide(Tenant, e, now, _lsn + 1, ref record);
        if (result.Status is UsageStatus.Accepted or UsageStatus.Late or UsageStatus.Quarantined)
        {
            _lsn++;
            if (logs)
            {
                _writer.Clear();
                UsageRecordCodec.Write(_writer, record);
                _log.Add(new(_lsn, _writer.Written.ToArray()));
            }
        }

        return result;
    }

    /// <summary>Tells the owner of the subscription what changed.</summary>
    internal void DeliverTo(EnginePartition owner)
    {
        Slice[] slices = [.. State.Outbox.Take(owner.Number).Select(s => s.ToSlice())];
        owner.State.Subscriptions.Take(new(number, 1, _lsn, 1, [], slices), 1, owner.State.Tenant);
    }

    /// <summary>Tells a new owner all there is.</summary>
    internal void DeliverAllTo(EnginePartition owner)
    {
        foreach (var slice in State.Devices.Terms.SelectMany(e => e.Slices))
        {
            State.Outbox.Touch(slice);
        }

        DeliverTo(owner);
    }

    /// <summary>Forgets everything, and restores it from a snapshot or from the log, as the next owner does.</summary>
    internal void Restart(bool fromSnapshot)
    {
        var restored = new PartitionState(count);
        if (fromSnapshot)
        {
            var sink = new SnapshotChunks();
            State.WriteSnapshot(sink.Add);
            SnapshotChunks.ForEach(sink.Finish(), record => restored.Apply(record, _lsn));
        }
        else
        {
            _log.ForEach(record => restored.Apply(record.Bytes.Span, record.Lsn));
        }

        State = restored;
    }

    /// <summary>Usage added up again from the log by the audit, compared with the slices.</summary>
    internal Slice[] Recount(List<string> findings)
    {
        var devices = State.Devices;
        var recount = new UsageRecount(
            Tenant, devices.Devices, devices.Meters, devices.Terms, devices.Corrections.EventIds(), devices.Corrections.Periods(devices.TermsOf));
        foreach (var record in _log)
        {
            recount.Read(record);
        }

        recount.Compare(devices.Terms.SelectMany(e => e.Slices).Select(s => s.ToSlice()));
        findings.AddRange(recount.Findings.Select(f => f.ToString()));
        return recount.Slices();
    }
}
