using System.Runtime.CompilerServices;
using OrleansBilling.Contracts.Invoicing;
using OrleansBilling.Contracts.Partitions;
using OrleansBilling.Core.Amounts;
using OrleansBilling.Core.Invoicing;
using OrleansBilling.Documents;

namespace OrleansBilling.Gateway.Invoices;

/// <summary>
/// The annex of an invoice: what each device used of each line. The rows of a line add up to its quantity, its amount and its events to the
/// last digit; what no device accounts for by itself is a row without device.
/// </summary>
/// <param name="queries">Of each line; null for one that no usage is behind.</param>
internal sealed class UsageAnnex(InvoiceView invoice, LineEventsQuery?[] queries, IPartitionGrain[] partitions)
{
    /// <summary>Lines that a partition goes through its archive for at once.</summary>
    private const int LinesAtOnce = 64;

    /// <summary>Rows that are held, at most.</summary>
    private const int RowsAtOnce = 20_000;

    public string Number => invoice.Id;

    public string Currency => invoice.Currency;

    public async IAsyncEnumerable<DeviceUsage> RowsAsync([EnumeratorCancellation] CancellationToken cancel = default)
    {
        for (var first = 0; first < invoice.Lines.Length; first += LinesAtOnce)
        {
            var lines = invoice.Lines.Skip(first).Take(LinesAtOnce).Select(line => new Rest(line)).ToArray();
            var asked = queries.AsMemory(first, lines.Length).ToArray();
            foreach (var partition in Array.Exists(asked, q => q is not null) ? partitions : [])
            {
                await foreach (var row in RowsAsync(partition, asked, lines, cancel))
                {
                    yield return row;
                }
            }
            foreach (var rest in lines.Where(line => line.IsLeft))
            {
                yield return rest.ToRow();
            }
        }
    }

    private static async IAsyncEnumerable<DeviceUsage> RowsAsync(
        IPartitionGrain partition, LineEventsQuery?[] asked, Rest[] lines, [EnumeratorCancellation] CancellationToken cancel)
    {
        var (line, device, found) = (0, (string?)null, RowsAtOnce);
        while (found == RowsAtOnce)
        {
            var rows = await partition.LineUsage(new(asked, line, device, RowsAtOnce)).WaitAsync(cancel);
            foreach (var row in rows)
            {
                yield return lines[row.Line].Take(row);
            }
            found = rows.Length;
            (line, device) = found == 0 ? (line, device) : (rows[^1].Line, rows[^1].Device);
        }
    }

    /// <summary>What is left of a line.</summary>
    private sealed class Rest(InvoiceLine line)
    {
        private decimal _quantity = line.Quantity;
        private decimal _amount = line.Amount.ToDecimal();
        private long _events = line.Events;
        private bool _isWhole = true;

        /// <summary>Whether anything is, or nothing of it was written yet.</summary>
        public bool IsLeft => _isWhole || _quantity != 0m || _amount != 0m || _events != 0;

        public DeviceUsage Take(LineDeviceUsage row)
        {
            _isWhole = false;
            _quantity = ExactMath.Subtract(_quantity, row.Quantity);
            _amount = ExactMath.Subtract(_amount, row.Amount ?? 0m);
            _events -= row.Events;
            return Row(row.Device, row.Name ?? "", row.Meter, row.Quantity, row.Events, row.Amount);
        }

        public DeviceUsage ToRow() => Row("", "", "", _quantity, _events, _amount);

        private DeviceUsage Row(string device, string name, string meter, decimal quantity, long events, decimal? amount) => new(
            line.Number.ToString(System.Globalization.CultureInfo.InvariantCulture), device, name, "", line.ChargeId, meter, line.PeriodStart,
            line.PeriodEnd, quantity, line.Unit ?? "", events, amount);
    }
}
