using System.Globalization;
using System.Text;
using NodaTime.Text;

namespace OrleansBilling.Documents.Csv;

/// <summary>Writes the annex: usage by device as CSV (RFC 4180), in UTF-8. Numbers and times are for machines: a point for the
/// decimals, no grouping, instants of ISO 8601 in UTC.</summary>
public static class UsageCsv
{
    /// <summary>The first line.</summary>
    public const string Header =
        "line,device,device_name,tags,charge,meter,period_start,period_end,quantity,unit,events,amount,currency\r\n";

    /// <summary>Writes row after row; no more than one is held.</summary>
    /// <param name="rows">In any order.</param>
    /// <param name="currency">ISO 4217 code of the amounts.</param>
    /// <param name="target">Is left open.</param>
    /// <param name="cancellation">Ends it between two rows.</param>
    public static async Task WriteAsync(
        IAsyncEnumerable<DeviceUsage> rows, string currency, Stream target, CancellationToken cancellation = default)
    {
        await using var writer = new StreamWriter(target, new UTF8Encoding(false), bufferSize: 16 * 1024, leaveOpen: true);
        await writer.WriteAsync(Header.AsMemory(), cancellation);
        await foreach (var row in rows.WithCancellation(cancellation))
        {
            await writer.WriteAsync(Line(row, currency).AsMemory(), cancellation);
        }
    }

    /// <summary>One row with its line end.</summary>
    internal static string Line(DeviceUsage row, string currency) => string.Join(',', (string[])
    [
        CsvText.Field(row.Line), CsvText.Field(row.Device), CsvText.Field(row.DeviceName), CsvText.Field(row.Tags), CsvText.Field(row.Charge), CsvText.Field(row.Meter),
        InstantPattern.ExtendedIso.Format(row.PeriodStart), InstantPattern.ExtendedIso.Format(row.PeriodEnd), Number(row.Quantity),
        CsvText.Field(row.UnitCode), row.Events.ToString(CultureInfo.InvariantCulture), row.Amount is { } amount ? Number(amount) : "",
        row.Amount is null ? "" : CsvText.Field(currency),
    ]) + "\r\n";

    private static string Number(decimal value) => value.ToString("0.############################", CultureInfo.InvariantCulture);
}
