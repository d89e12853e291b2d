using System.Buffers;
using System.Globalization;
using System.Text.Json;
using NodaTime;
using OrleansBilling.Silo.Commands.Import.Maps;

namespace OrleansBilling.Silo.Commands.Import.Sending;

/// <summary>Writes events as the public API takes them.</summary>
internal sealed class EventJson : IDisposable
{
    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'";
    private readonly ArrayBufferWriter<byte> _buffer = new(1024);
    private readonly Utf8JsonWriter _writer;

    public EventJson() => _writer = new Utf8JsonWriter(_buffer);

    /// <summary>One event; valid until the next call.</summary>
    public ReadOnlySpan<byte> Write(in MappedEvent usage)
    {
        _buffer.ResetWrittenCount();
        _writer.Reset(_buffer);
        _writer.WriteStartObject();
        _writer.WriteString("id"u8, usage.Id);
        _writer.WriteString("device"u8, usage.Device);
        _writer.WriteString("meter"u8, usage.Meter);
        _writer.WriteString("time"u8, Time(usage.Time));
        _writer.WriteString("value"u8, usage.Value.ToString(CultureInfo.InvariantCulture));
        if (usage.Unit is not null)
        {
            _writer.WriteString("unit"u8, usage.Unit);
        }

        WriteDimensions(usage.Dimensions);
        _writer.WriteEndObject();
        _writer.Flush();
        return _buffer.WrittenSpan;
    }

    /// <summary>RFC 3339, UTC, to 100 ns.</summary>
    public static string Time(Instant time) => time.ToDateTimeUtc().ToString(TimeFormat, CultureInfo.InvariantCulture);

    public void Dispose() => _writer.Dispose();

    private void WriteDimensions(IReadOnlyList<KeyValuePair<string, string>> dimensions)
    {
        if (dimensions.Count == 0)
        {
            return;
        }

        _writer.WriteStartObject("dimensions"u8);
        foreach (var (name, value) in dimensions)
        {
            _writer.WriteString(name, value);
        }

        _writer.WriteEndObject();
    }
}
