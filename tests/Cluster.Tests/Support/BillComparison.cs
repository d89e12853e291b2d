using System.Globalization;
using System.Text.Json;
using NodaTime;
using NodaTime.Text;
using OrleansBilling.Cluster.Tests.Oracle;
using Xunit;

namespace OrleansBilling.Cluster.Tests.Support;

/// <summary>Compares issued invoices with what the oracle computed: every line, to the minor unit.</summary>
internal static class BillComparison
{
    public static void Check(OracleBill expected, IEnumerable<JsonElement> invoices)
    {
        var actual = Lines(expected, invoices);
        var differences = new List<string>();
        foreach (var key in expected.Lines.Keys.Union(actual.Keys).OrderBy(key => key.ToString(),
            StringComparer.Ordinal))
        {
            var (quantity, exact) = expected.Lines.GetValueOrDefault(key);
            var amount = OracleBill.Cents(exact);
            var billed = actual.GetValueOrDefault(key);
            if (billed.Amount != amount || Math.Abs(billed.Quantity - quantity) > 1e-9m)
            {
                differences.Add($"{key}: expected {quantity} for {amount} ({exact}), billed {billed.Quantity} for {billed.Amount}");
            }
        }

        Assert.True(differences.Count == 0,
            $"{differences.Count} lines differ:\n{string.Join('\n', differences.Take(20))}");
    }

    /// <summary>The sum of an invoice's lines is its total.</summary>
    public static void CheckTotals(IEnumerable<JsonElement> invoices)
    {
        foreach (var invoice in invoices)
        {
            var lines = invoice.GetProperty("lines").EnumerateArray().Sum(line => Number(line, "amount"));
            Assert.Equal(lines, Number(invoice, "total"));
        }
    }

    public static decimal Number(JsonElement element, string name) =>
        decimal.Parse(element.GetProperty(name).GetString()!, NumberStyles.Number, CultureInfo.InvariantCulture);

    private static Dictionary<(string, string, LocalDate), (decimal Quantity, decimal Amount)> Lines(
        OracleBill expected, IEnumerable<JsonElement> invoices)
    {
        var lines = new Dictionary<(string, string, LocalDate), (decimal Quantity, decimal Amount)>();
        foreach (var line in invoices.SelectMany(invoice => invoice.GetProperty("lines").EnumerateArray()))
        {
            var start = InstantPattern.ExtendedIso.Parse(line.GetProperty("periodStart").GetString()!).Value;
            var key = (
                line.GetProperty("subscription").GetString()!, line.GetProperty("chargeId").GetString()!,
                    expected.PeriodOf(start));
            var sum = lines.GetValueOrDefault(key);
            lines[key] = (sum.Quantity + Number(line, "quantity"), sum.Amount + Number(line, "amount"));
        }

        return lines;
    }
}
