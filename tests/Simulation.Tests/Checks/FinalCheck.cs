using OrleansBilling.Contracts.Partitions;
using OrleansBilling.Contracts.Usage;
using OrleansBilling.Grains.Devices;
using OrleansBilling.Grains.Log;
using OrleansBilling.Grains.Partitions;
using OrleansBilling.Grains.Records;
using OrleansBilling.Simulation.Clients;
using OrleansBilling.Simulation.Cluster;
using OrleansBilling.Simulation.Running;
using OrleansBilling.Simulation.Storage;

namespace OrleansBilling.Simulation.Checks;

/// <summary>
/// What must be true in the end, found out from the logs alone and from what clients wrote down.
/// </summary>
internal sealed class FinalCheck
{
    private readonly World _world;
    private readonly StoreImage _image;
    private readonly IReadOnlyList<NotedEvent> _notebook;
    private readonly Findings _findings;
    private readonly List<LoggedUsage> _usage = [];
    private readonly List<PeriodStatement> _statements = [];
    private readonly List<PartitionState> _states = [];

    /// <summary>Reads all logs; nothing is found before <see cref="Run"/>.</summary>
    public FinalCheck(World world, StoreImage image, IReadOnlyList<NotedEvent> notebook)
    {
        (_world, _image, _notebook) = (world, image, notebook);
        _findings = new(new(world.Timeline, null));
        for (var partition = 0; partition < world.Plan.Partitions; partition++)
        {
            Replay(partition);
        }
    }

    public void Run()
    {
        foreach (var finding in _findings.All)
        {
            _world.Findings.Add(finding.Rule, finding.What);
        }
        for (var partition = 0; partition < _states.Count; partition++)
        {
            CompareWithSnapshot(partition, _states[partition]);
        }
        CheckAnswers();
        CheckLog();
        CheckTotals();
        CheckStatements();
    }

    /// <summary>What one partition's devices add up to for a subscription, from the records alone.</summary>
    public decimal Total(string subscription, int usagePeriod, int billedPeriod) => _usage
        .Where(u => u.Subscription == subscription && u.UsagePeriod == usagePeriod && u.BilledPeriod == billedPeriod)
        .Sum(u => u.Value);

    /// <summary>Every (usage period, billed period) that a subscription has usage in.</summary>
    public IEnumerable<(int Usage, int Billed)> PeriodsOf(string subscription) =>
        _usage.Where(u => u.Subscription == subscription).Select(u => (u.UsagePeriod, u.BilledPeriod)).Distinct();

    private void Replay(int partition)
    {
        var state = new PartitionState(_world.Plan.Partitions);
        var next = 1L;
        foreach (var stored in _image.From(partition, 1))
        {
            var header = stored.Header;
            foreach (var record in SegmentCodec.Decode(stored.Encoded, partition, header.FirstLsn, header.LastLsn))
            {
                if (record.Lsn != next++)
                {
                    _findings.Add("sequence", $"partition {partition} has {record.Lsn} where {next - 1} belongs");
                }
                Apply(state, partition, record);
            }
        }
        _states.Add(state);
    }

    private void Apply(PartitionState state, int partition, in LogRecord record)
    {
        var bytes = record.Bytes.Span;
        if (UsageRecordCodec.IsUsage(bytes))
        {
            var usage = UsageRecordCodec.Read(bytes);
            var terms = usage.Terms < state.Devices.Terms.Count ? state.Devices.Terms[usage.Terms] : null;
            CheckSeal(terms, partition, record.Lsn, usage);
            _usage.Add(new(
                partition, record.Lsn, terms?.Id ?? "", usage.Device, usage.EventId, usage.Value,
                usage.UsagePeriod, usage.BilledPeriod));
        }
        else if (bytes[0] == (byte)RecordType.PeriodClosed)
        {
            _statements.Add(((PeriodClosed)RareRecordCodec.Decode(bytes)).Statement);
        }
        try
        {
            state.Apply(bytes, record.Lsn);
        }
        catch (InvalidDataException impossible)
        {
            _findings.Add("replay", $"partition {partition}: {impossible.Message}");
        }
    }

    /// <summary>Late is what came after the seal of its period, and nothing else.</summary>
    private void CheckSeal(TermsEntry? terms, int partition, long lsn, in UsageRecord usage)
    {
        if (usage.Quarantine is not null || terms is null)
        {
            _findings.Add("place", $"{partition}:{lsn} is in quarantine ({usage.Quarantine}) or without terms");
            return;
        }
        var sealedNow = terms.Calendar.Period(usage.UsagePeriod).End <= terms.Tenant.SealedThrough;
        if (usage.Late != sealedNow)
        {
            _findings.Add("seal", $"{partition}:{lsn} is {(usage.Late ? "" : "not ")}late, its period was {(sealedNow ? "" : "not ")}sealed");
        }
    }

    private void CompareWithSnapshot(int partition, PartitionState replayed)
    {
        if (_image.LoadSnapshot(partition) is not { } snapshot)
        {
            return;
        }
        var restored = new PartitionState(_world.Plan.Partitions);
        SnapshotChunks.ForEach(snapshot.Chunks, record => restored.Apply(record, 0));
        foreach (var stored in _image.From(partition, snapshot.Lsn + 1))
        {
            var header = stored.Header;
            foreach (var record in SegmentCodec.Decode(stored.Encoded, partition, header.FirstLsn, header.LastLsn))
            {
                if (record.Lsn > snapshot.Lsn)
                {
                    restored.Apply(record.Bytes.Span, record.Lsn);
                }
            }
        }
        if (Tell(restored) != Tell(replayed))
        {
            _world.Findings.Add("snapshot", $"partition {partition} from its snapshot at {snapshot.Lsn} is not what its log says");
        }
    }

    private static string Tell(PartitionState state)
    {
        var chunks = new SnapshotChunks();
        state.WriteSnapshot(chunks.Add);
        return string.Concat(chunks.Finish().Select(c => Convert.ToHexString(c.Span)));
    }

    private void CheckAnswers()
    {
        var logged = _usage.ToLookup(u => (u.Partition, u.Device, u.Id));
        foreach (var noted in _notebook)
        {
            var entries = logged[(noted.Partition, noted.Device, noted.Id)].ToArray();
            foreach (var (status, value) in noted.Answers)
            {
                var right = status switch
                {
                    UsageStatus.Accepted or UsageStatus.Late or UsageStatus.Duplicate =>
                        entries.Length == 1 && entries[0].Value == value,
                    UsageStatus.Conflict => entries.Length == 1 && entries[0].Value != value,
                    _ => false,
                };
                if (!right)
                {
                    _world.Findings.Add("lost", $"{noted.Partition}-{noted.Device}/{noted.Id} = {value} was answered {status}, the log has "
                        + (entries.Length == 0 ? "nothing" : string.Join(", ", entries.Select(e => $"{e.Value} at {e.Lsn}"))));
                }
            }
        }
    }

    private void CheckLog()
    {
        var sent = _notebook.ToDictionary(e => (e.Partition, e.Device, e.Id), e => e.Sent);
        foreach (var group in _usage.GroupBy(u => (u.Partition, u.Device, u.Id)))
        {
            if (group.Count() > 1)
            {
                _world.Findings.Add("double", $"{group.Key} is in the log {group.Count()} times: {string.Join(", ", group.Select(u => u.Lsn))}");
            }
            if (!sent.TryGetValue(group.Key, out var values) || group.Any(u => !values.Contains(u.Value)))
            {
                _world.Findings.Add("invented", $"{group.Key} is in the log with content that nobody sent");
            }
        }
    }

    private void CheckTotals()
    {
        for (var partition = 0; partition < _states.Count; partition++)
        {
            foreach (var slice in _states[partition].Devices.Terms.SelectMany(t => t.Slices))
            {
                var expected = _usage.Where(u => u.Partition == partition && u.Subscription == slice.Terms.Id
                    && u.UsagePeriod == slice.UsagePeriod && u.BilledPeriod == slice.BilledPeriod).ToArray();
                var (quantity, events) = (slice.ToSlice().Buckets.Sum(b => b.Quantity), slice.ToSlice().Buckets.Sum(b => b.Events));
                if (quantity != expected.Sum(u => u.Value) || events != expected.Length)
                {
                    _world.Findings.Add("totals", $"partition {partition} counts {quantity} in {events} events for "
                        + $"{slice.Terms.Id} {slice.UsagePeriod}/{slice.BilledPeriod}, its log {expected.Sum(u => u.Value)} in {expected.Length}");
                }
            }
        }
    }

    /// <summary>A period closes once, with all usage that is billed in it.</summary>
    private void CheckStatements()
    {
        foreach (var closed in _statements.GroupBy(s => (s.Subscription, s.Period)))
        {
            if (closed.Count() > 1)
            {
                _world.Findings.Add("statement", $"{closed.Key} was closed {closed.Count()} times");
            }
            _world.Saw("period closed");
            var billed = closed.First().Lines.Sum(l => l.Quantity);
            var used = _usage.Where(u => u.Subscription == closed.Key.Subscription && u.BilledPeriod == closed.Key.Period).Sum(u => u.Value);
            if (billed != used)
            {
                _world.Findings.Add("statement", $"{closed.Key} was closed with {billed}, used was {used}");
            }
        }
    }
}
