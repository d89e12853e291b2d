using System.Buffers;
using System.Globalization;
using System.Text.Json;
using OrleansBilling.Contracts.Usage;
using OrleansBilling.Core.Amounts;
using OrleansBilling.Gateway.Problems;

namespace OrleansBilling.Gateway.Usage;

/// <summary>Writes the answer to a batch.</summary>
internal static class UsageAnswerWriter
{
    private static readonly JsonEncodedText[] Statuses =
    [
        JsonEncodedText.Encode("accepted"), JsonEncodedText.Encode("duplicate"), JsonEncodedText.Encode("conflict"),
        JsonEncodedText.Encode("late"), JsonEncodedText.Encode("quarantined"), JsonEncodedText.Encode("rejected"),
    ];

    public static void Write(IBufferWriter<byte> output, IntakeBatch batch, UsageTotals totals)
    {
        using var json = new Utf8JsonWriter(output, ReadableJson.Options);
        json.WriteStartObject();
        json.WriteNumber("accepted"u8, totals.Accepted);
        json.WriteNumber("duplicates"u8, totals.Duplicates);
        json.WriteNumber("rejected"u8, totals.Rejected);
        json.WriteNumber("late"u8, totals.Late);
        json.WriteNumber("quarantined"u8, totals.Quarantined);
        json.WriteNumber("conflicts"u8, totals.Conflicts);
        json.WriteStartArray("results"u8);
        for (var i = 0; i < batch.Count; i++)
        {
            Write(json, in batch.Events[i], in batch.Results[i], i < batch.Lines.Count ? batch.Lines[i] : 0);
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, in IntakeEvent usage, in UsageResult result, long line)
    {
        json.WriteStartObject();
        json.WriteString("id"u8, usage.Id);
        if (line > 0)
        {
            json.WriteNumber("line"u8, line);
        }
        json.WriteString("status"u8, Statuses[(int)result.Status]);
        if (result.Code is not null)
        {
            json.WriteString("reason"u8, result.Code);
        }
        if (result.Message is not null)
        {
            json.WriteString("message"u8, result.Message);
        }
        if (result.Warning is not null)
        {
            json.WriteString("warning"u8, result.Warning);
        }
        if (usage.Pointer is not null)
        {
            json.WriteString("pointer"u8, usage.Pointer);
        }
        if (result.Position > 0)
        {
            WritePosition(json, result.Partition, result.Position);
        }
        if (result.Charge is { } charge)
        {
            json.WriteString("charge"u8, DecimalText.Format(charge));
            json.WriteString("currency"u8, result.Currency);
        }
        json.WriteEndObject();
    }

    private static void WritePosition(Utf8JsonWriter json, int partition, long position)
    {
        Span<char> text = stackalloc char[40];
        text.TryWrite(CultureInfo.InvariantCulture, $"{partition}:{position}", out var length);
        json.WriteString("position"u8, text[..length]);
    }
}
