using OrleansBilling.Contracts.Devices;
using OrleansBilling.Core.Devices;
using OrleansBilling.Grains.Log;
using OrleansBilling.Grains.Records;
using OrleansBilling.Grains.Tenants;

namespace OrleansBilling.Grains.Devices;

/// <summary>
/// Devices in snapshots: packed, many to a record, in the order of their numbers. A million of them are told in some
/// fifty megabytes and read in about a second.
/// </summary>
/// <remarks>
/// Record: type, version, tenant, number of devices, devices. Device: flags, id, [spec], assignments, [states],
/// [newest usage, totals]. Registers follow in records of their own.
/// </remarks>
internal sealed partial class DeviceBook
{
    private const byte DevicesVersion = 1;

    /// <summary>Of a record with a device that was registered with a state: bit 1 of its spec says so, and the state follows.</summary>
    private const byte StatesVersion = 2;

    private const int DevicesPerRecord = 1_000;
    private const byte ShapeMask = 3;
    private const byte HasStates = 4;
    private const byte HasUsage = 8;

    public void RestoreDevices(IReadOnlyDictionary<string, TenantCopy> tenants, ReadOnlySpan<byte> bytes)
    {
        var reader = new ByteReader(bytes);
        if (reader.Byte() is var version and not (DevicesVersion or StatesVersion))
        {
            throw new StoreLayoutException($"Version {version} of packed devices is not known; run the newer program.");
        }
        var tenant = tenants[reader.Text()];
        for (var count = reader.Int32(); count > 0; count--)
        {
            RestoreDevice(tenant, ref reader);
        }
    }

    private void WriteDevices(ByteWriter writer, Action<ReadOnlySpan<byte>> sink)
    {
        for (var first = 0; first < _devices.Count;)
        {
            var count = 1;
            while (count < DevicesPerRecord && first + count < _devices.Count
                && _devices[first + count].Tenant == _devices[first].Tenant)
            {
                count++;
            }
            WriteDevices(_devices.GetRange(first, count), writer);
            sink(writer.Written);
            first += count;
        }
    }

    private static void WriteDevices(List<DeviceState> devices, ByteWriter writer)
    {
        Begin(writer, RecordType.Devices);
        writer.Byte(devices.Exists(d => d.Shape == SpecShape.Own && d.Spec.State is not null) ? StatesVersion : DevicesVersion);
        writer.Text(devices[0].Tenant.Id);
        writer.Varint((ulong)devices.Count);
        foreach (var device in devices)
        {
            WriteDevice(device, writer);
        }
    }

    private static void WriteDevice(DeviceState device, ByteWriter writer)
    {
        var used = device.NewestUsage != long.MinValue;
        writer.Byte((byte)((int)device.Shape | (device.Stays.Count > 0 ? HasStates : 0) | (used ? HasUsage : 0)));
        writer.Text(device.Id);
        if (device.Shape == SpecShape.Own)
        {
            WriteSpec(device.Spec, writer);
        }
        WriteAssignments(device.Assignments, writer);
        if (device.Stays.Count > 0)
        {
            WriteStates(device.Stays, writer);
        }
        if (used)
        {
            WriteUsage(device, writer);
        }
    }

    private void RestoreDevice(TenantCopy tenant, ref ByteReader reader)
    {
        var flags = reader.Byte();
        var shape = (SpecShape)(flags & ShapeMask);
        var id = reader.Text();
        var device = new DeviceState(
            _devices.Count, tenant, id, shape, shape == SpecShape.Own ? ReadSpec(id, ref reader) : null);
        for (var count = reader.Int32(); count > 0; count--)
        {
            var terms = reader.Int32() is var number and > 0 ? _terms[number - 1] : null;
            Assign(device, reader.Zigzag() + (terms?.StartTicks ?? 0), terms);
        }
        if ((flags & HasStates) != 0)
        {
            for (var count = reader.Int32(); count > 0; count--)
            {
                device.SetState(reader.Zigzag(), (LifecycleState)reader.Byte());
            }
        }
        if ((flags & HasUsage) != 0)
        {
            RestoreUsage(device, ref reader);
        }
        Add(device);
    }

    private static void WriteSpec(DeviceSpec spec, ByteWriter writer)
    {
        WriteOptional(spec.Name, writer);
        WriteOptional(spec.Subscription, writer);
        writer.Byte((byte)((spec.From is null ? 0 : 1) | (spec.State is null ? 0 : 2)));
        if (spec.From is { } from)
        {
            writer.Instant(from);
        }
        if (spec.State is { } state)
        {
            writer.Text(state);
        }
    }

    private static DeviceSpec ReadSpec(string id, ref ByteReader reader)
    {
        var (name, subscription, parts) = (ReadOptional(ref reader), ReadOptional(ref reader), reader.Byte());
        return new(id, name, subscription, (parts & 1) == 0 ? null : reader.Instant(), (parts & 2) == 0 ? null : reader.Text());
    }

    private static void WriteOptional(string? text, ByteWriter writer)
    {
        writer.Byte(text is null ? (byte)0 : (byte)1);
        if (text is not null)
        {
            writer.Text(text);
        }
    }

    private static string? ReadOptional(ref ByteReader reader) => reader.Byte() == 0 ? null : reader.Text();

    /// <summary>Times are told from the start of the terms: most devices belong to theirs from its start on.</summary>
    private static void WriteAssignments(IReadOnlyList<(long From, TermsEntry? Terms)> assignments, ByteWriter writer)
    {
        writer.Varint((ulong)assignments.Count);
        foreach (var (from, terms) in assignments)
        {
            writer.Varint(terms is null ? 0 : (ulong)terms.Index + 1);
            writer.Zigzag(from - (terms?.StartTicks ?? 0));
        }
    }

    private static void WriteStates(IReadOnlyList<LifecycleStay> stays, ByteWriter writer)
    {
        writer.Varint((ulong)stays.Count);
        foreach (var stay in stays)
        {
            writer.Zigzag(stay.From);
            writer.Byte((byte)stay.State);
        }
    }

    private static void WriteUsage(DeviceState device, ByteWriter writer)
    {
        writer.Zigzag(device.NewestUsage);
        writer.Varint((ulong)device.Usage.Count);
        foreach (var total in device.Usage)
        {
            writer.Varint((ulong)total.Terms);
            writer.Zigzag(total.Period);
            writer.Varint((ulong)total.Meter);
            writer.Decimal(total.Quantity);
            writer.Varint((ulong)total.Events);
            writer.Varint((ulong)total.Late);
        }
    }

    /// <summary>Reads what <see cref="WriteUsage"/> wrote; also the form of earlier versions' own records.</summary>
    private static void RestoreUsage(DeviceState device, ref ByteReader reader)
    {
        device.Saw(reader.Zigzag());
        var usage = new DeviceUsageTotal[reader.Int32()];
        for (var i = 0; i < usage.Length; i++)
        {
            usage[i] = new()
            {
                Terms = reader.Int32(),
                Period = (int)reader.Zigzag(),
                Meter = reader.Int32(),
                Quantity = reader.Decimal(),
                Events = reader.Int32(),
                Late = reader.Int32(),
            };
        }
        device.Restore(usage);
    }
}
