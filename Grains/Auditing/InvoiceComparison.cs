using System.Text.Json;
using System.Text.Json.Serialization;
using OrleansBilling.Contracts.Auditing;
using OrleansBilling.Contracts.Partitions;
using OrleansBilling.Contracts.Serialization;
using OrleansBilling.Core.Amounts;
using OrleansBilling.Core.Invoicing;
using OrleansBilling.Grains.Customers;

namespace OrleansBilling.Grains.Auditing;

/// <summary>Compares what a customer was billed with statements rated anew from raw usage.</summary>
internal static class InvoiceComparison
{
    private static readonly JsonSerializerOptions Values = ByValue();

    public static IEnumerable<AuditFinding> Compare(CustomerState customer, IEnumerable<PeriodStatement> recomputed)
    {
        var billed = Billed(customer);
        foreach (var statement in recomputed)
        {
            var key = (statement.Subscription, statement.Period);
            var where = $"{statement.Subscription}, period {statement.Period} ({statement.PeriodStart} to {statement.PeriodEnd})";
            billed.Remove(key, out var lines);
            var (expected, actual) = (Text(statement.Lines), Text(lines ?? []));
            if (expected != actual)
            {
                yield return new("lines.differ", where, expected, actual);
            }
        }
        foreach (var (key, lines) in billed)
        {
            yield return new("lines.unexplained", $"{key.Subscription}, period {key.Period}", "nothing", Text(lines));
        }
        foreach (var finding in AgreementComparison.Compare(customer))
        {
            yield return finding;
        }
        foreach (var finding in ReceivablesComparison.Compare(customer))
        {
            yield return finding;
        }
    }

    /// <summary>
    /// Lines by subscription and billed period, whether invoiced or waiting for the other subscriptions.
    /// </summary>
    private static Dictionary<(string Subscription, int Period), List<InvoiceLine>> Billed(CustomerState customer)
    {
        var billed = new Dictionary<(string, int), List<InvoiceLine>>();
        var invoiced = customer.Invoices.SelectMany(i => i.Read().Lines.Zip(i.BilledPeriods)).Where(l => l.First.Agreement is null);
        var pending = customer.Pending.SelectMany(s => s.Lines.Select(l => (l, s.Period)));
        foreach (var (line, period) in invoiced.Concat(pending))
        {
            if (!billed.TryGetValue((line.Subscription, period), out var lines))
            {
                billed[(line.Subscription, period)] = lines = [];
            }
            lines.Add(line);
        }
        return billed;
    }

    public static string Text(IEnumerable<InvoiceLine> lines) =>
        JsonSerializer.Serialize(lines.Select(l => l with { Number = 0 }), Values);

    private static JsonSerializerOptions ByValue()
    {
        var options = new JsonSerializerOptions(BillingJson.Options);
        options.Converters.Insert(0, new ValueConverter());
        return options;
    }

    /// <summary>3 and 3.0 are the same: what was added and taken away again leaves its places behind.</summary>
    private sealed class ValueConverter : JsonConverter<decimal>
    {
        public override decimal Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            throw new NotSupportedException("Lines are only compared.");

        public override void Write(Utf8JsonWriter writer, decimal value, JsonSerializerOptions options) =>
            writer.WriteStringValue(DecimalText.Format(value));
    }
}
