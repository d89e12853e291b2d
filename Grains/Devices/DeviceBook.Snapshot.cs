using NodaTime;
using OrleansBilling.Core.Rating;
using OrleansBilling.Core.Usage;
using OrleansBilling.Grains.Records;

namespace OrleansBilling.Grains.Devices;

/// <summary>Devices in snapshots: tables in order of their numbers, then packed bulk state.</summary>
internal sealed partial class DeviceBook
{
    private const int QuarantinedPerRecord = 20_000;

    /// <summary>Tells everything but the ids of events again as records; see the partition's snapshot.</summary>
    public void WriteSnapshot(Action<ReadOnlySpan<byte>> sink)
    {
        var writer = new ByteWriter();
        foreach (var meter in _meters)
        {
            sink(RareRecordCodec.Encode(new MeterLearned(meter.Tenant.Id, meter.Definition)));
        }
        foreach (var terms in _terms)
        {
            if (terms.Number > 0)
            {
                var plan = terms.PlanEntry.View;
                sink(RareRecordCodec.Encode(
                    new SegmentHeld(
                        terms.Tenant.Id, terms.Id, terms.Number, plan.Id, plan.Version, terms.Start, terms.PlanEntry.Variant)));
                continue;
            }
            writer.Clear();
            SubscriptionLearnedCodec.Write(writer, terms.Fact);
            sink(writer.Written);
        }
        foreach (var timeline in _terms.Where(t => t.Number == 0).Select(t => t.Timeline).OfType<TermsTimeline>())
        {
            WriteTimeline(timeline, sink);
        }
        foreach (var terms in _counted)
        {
            WritePresence(terms, writer);
            sink(writer.Written);
        }
        WriteDevices(writer, sink);
        foreach (var fact in IdentifierFacts().Concat(LifecycleFacts()))
        {
            sink(RareRecordCodec.Encode(fact));
        }
        foreach (var device in _devices)
        {
            foreach (var (meter, history) in device.Registers)
            {
                WriteRegister(device.Index, meter, history, writer);
                sink(writer.Written);
            }
        }
        WriteLevels(writer, sink);
        WriteSessions(writer, sink);
        foreach (var slice in _terms.SelectMany(t => t.Slices))
        {
            WriteSlice(slice, writer);
            sink(writer.Written);
        }
        WriteAggregates(writer, sink);
        WriteCorrections(sink);
        foreach (var chunk in Quarantined.Chunk(QuarantinedPerRecord))
        {
            Begin(writer, RecordType.QuarantineIndex);
            writer.Varint((ulong)chunk.Length);
            foreach (var (id, (lsn, device)) in chunk)
            {
                writer.UInt64((ulong)(id >> 64));
                writer.UInt64((ulong)(id & ulong.MaxValue));
                writer.Varint((ulong)lsn);
                writer.Varint((ulong)device);
            }
            sink(writer.Written);
        }
    }

    /// <summary>Totals of one device, as earlier versions of this program wrote them.</summary>
    public void RestoreTotals(ReadOnlySpan<byte> bytes)
    {
        var reader = new ByteReader(bytes);
        RestoreUsage(_devices[reader.Int32()], ref reader);
    }

    public void RestoreRegister(ReadOnlySpan<byte> bytes)
    {
        var reader = new ByteReader(bytes);
        var device = _devices[reader.Int32()];
        var meter = _meters[reader.Int32()];
        var pruned = reader.Byte() != 0;
        var readings = new RegisterReading[reader.Int32()];
        long ticks = 0;
        for (var i = 0; i < readings.Length; i++)
        {
            ticks += reader.Zigzag();
            var flags = reader.Byte();
            readings[i] = new(
                Instant.FromUnixTimeTicks(ticks),
                (flags & 1) != 0 ? reader.Decimal() : null,
                (flags & 2) != 0 ? reader.Decimal() : null);
        }
        device.RestoreRegister(meter.Index, new(meter.Definition.Cumulative!, readings, pruned));
    }

    /// <summary>A restored slice waits to be sent: whoever owns its subscription may be new as well.</summary>
    public void RestoreSlice(ReadOnlySpan<byte> bytes)
    {
        var reader = new ByteReader(bytes);
        var slice = _terms[reader.Int32()].Slice((int)reader.Zigzag(), (int)reader.Zigzag());
        for (var count = reader.Int32(); count > 0; count--)
        {
            slice.Add(
                new BucketKey(reader.Int32(), reader.Int32()),
                new BucketTotal(reader.Decimal(), reader.Decimal(), reader.Zigzag()));
        }
        _outbox.Touch(slice);
    }

    public void RestoreEventIds(ReadOnlySpan<byte> bytes)
    {
        var reader = new ByteReader(bytes);
        for (var count = reader.Int32(); count > 0; count--)
        {
            EventIds.Add(new UInt128(reader.UInt64(), reader.UInt64()), reader.UInt64());
        }
    }

    public void RestoreQuarantine(ReadOnlySpan<byte> bytes)
    {
        var reader = new ByteReader(bytes);
        for (var count = reader.Int32(); count > 0; count--)
        {
            Quarantined.Add(new UInt128(reader.UInt64(), reader.UInt64()), ((long)reader.Varint(), reader.Int32()));
        }
    }

    private static void WriteTimeline(TermsTimeline timeline, Action<ReadOnlySpan<byte>> sink)
    {
        var (tenant, id) = (timeline.First.Tenant.Id, timeline.First.Id);
        if (timeline.Told.Revision > 0)
        {
            sink(RareRecordCodec.Encode(new TimelineLearned(tenant, id, timeline.Told, null)));
        }
        if (timeline.Hold is { } hold)
        {
            sink(RareRecordCodec.Encode(new UsageHeld(tenant, id, hold.Change, Instant.FromUnixTimeTicks(hold.FromTicks))));
        }
    }

    private static void Begin(ByteWriter writer, RecordType type)
    {
        writer.Clear();
        writer.Byte((byte)type);
    }

    private static void WriteRegister(int device, int meter, RegisterHistory history, ByteWriter writer)
    {
        Begin(writer, RecordType.RegisterReadings);
        writer.Varint((ulong)device);
        writer.Varint((ulong)meter);
        writer.Byte(history.Pruned ? (byte)1 : (byte)0);
        writer.Varint((ulong)history.Readings.Count);
        long previous = 0;
        foreach (var reading in history.Readings)
        {
            var ticks = reading.Time.ToUnixTimeTicks();
            writer.Zigzag(ticks - previous);
            previous = ticks;
            writer.Byte((byte)((reading.Value is null ? 0 : 1) | (reading.RestartAt is null ? 0 : 2)));
            if (reading.Value is { } value)
            {
                writer.Decimal(value);
            }
            if (reading.RestartAt is { } restart)
            {
                writer.Decimal(restart);
            }
        }
    }

    private static void WriteSlice(SliceTotals slice, ByteWriter writer)
    {
        Begin(writer, RecordType.SliceTotals);
        writer.Varint((ulong)slice.Terms.Index);
        writer.Zigzag(slice.UsagePeriod);
        writer.Zigzag(slice.BilledPeriod);
        writer.Varint((ulong)slice.Buckets.Length);
        foreach (var bucket in slice.Buckets)
        {
            var (key, total) = (bucket.Key, bucket.Total);
            writer.Varint((ulong)key.Charge);
            writer.Varint((ulong)key.Bucket);
            writer.Decimal(total.Quantity);
            writer.Decimal(total.Amount);
            writer.Zigzag(total.Events);
        }
    }
}
