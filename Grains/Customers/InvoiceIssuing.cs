using OrleansBilling.Contracts.Invoicing;
using OrleansBilling.Contracts.Partitions;
using OrleansBilling.Core.Invoicing;
using OrleansBilling.Grains.Partitions;
using OrleansBilling.Grains.Records;

namespace OrleansBilling.Grains.Customers;

/// <summary>
/// Makes invoices of statements. A crash anywhere repeats the step with the same key and so with the same number.
/// </summary>
internal static class InvoiceIssuing
{
    /// <summary>Issues every invoice of the customer whose statements are all here, oldest first.</summary>
    public static async Task IssueDue(Partition home, IGrainFactory grains, string tenant, string customer)
    {
        while (Next(home, tenant, customer) is { } key)
        {
            var number = await grains.GetGrain<IInvoiceSeriesGrain>(tenant).Assign(key, customer);
            home.Do(t => Issue(t, home.Time, tenant, customer, key, number));
        }
    }

    private static string? Next(Partition home, string tenant, string customer) => home.Do(t =>
    {
        var state = t.State.Customers.Find(t.State.Tenant(tenant)!, customer)!;
        return state.Due().Select(d => state.InvoiceKey(d.PeriodEnd)).FirstOrDefault();
    });

    private static void Issue(Partition.Turn turn, TimeProvider time, string tenant, string customer, string key, string number)
    {
        var copy = turn.State.Tenant(tenant)!;
        var state = turn.State.Customers.Find(copy, customer)!;
        foreach (var (periodEnd, statements) in state.Due().ToArray())
        {
            if (state.InvoiceKey(periodEnd) != key)
            {
                continue;
            }
            PeriodStatement[] sorted = [.. statements
                .OrderBy(s => s.Subscription, StringComparer.Ordinal).ThenBy(s => s.Period)];
            InvoiceLine[] lines = [.. sorted.SelectMany(s => s.Lines).Select((line, i) => line with { Number = i + 1 })];
            // On a test clock an invoice carries the instant at which it fell due, however far the clock was moved at
            // once.
            var issuedAt = copy.TestNow is null ? copy.Now(time) : periodEnd + copy.Grace;
            var invoice = new InvoiceView(
                number, state.View, state.Spec.Currency, periodEnd, issuedAt,
                lines.Sum(l => l.Amount.ToDecimal()), lines);
            turn.Append(new InvoiceIssued(
                tenant, key, invoice, [.. sorted.SelectMany(s => s.Lines.Select(_ => s.Period))]));
        }
    }
}
