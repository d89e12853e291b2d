using NodaTime;
using OrleansBilling.Contracts.Invoicing;
using OrleansBilling.Contracts.Partitions;
using OrleansBilling.Core.Balances;
using OrleansBilling.Core.Invoicing;
using OrleansBilling.Grains.Partitions;
using OrleansBilling.Grains.Records;

namespace OrleansBilling.Grains.Customers;

/// <summary>
/// Makes invoices of statements. A crash anywhere repeats the step with the same key and so with the same number.
/// </summary>
internal static class InvoiceIssuing
{
    /// <summary>Issues every invoice of the customer whose statements are all here, oldest first; then ends grants that no invoice can draw
    /// any more.</summary>
    public static async Task IssueDue(Partition home, IGrainFactory grains, string tenant, string customer)
    {
        while (Next(home, tenant, customer) is var (key, isAnnounced))
        {
            if (isAnnounced)
            {
                await home.Durable(home.Log.LastLsn);
            }
            var number = await grains.GetGrain<IInvoiceSeriesGrain>(tenant).Assign(key, customer);
            home.Do(t => Issue(t, home.Time, tenant, customer, key, number));
        }
        home.Do(t => Expire(t, home.Time, tenant, customer));
    }

    /// <summary>The key of the next invoice; one that no statement asks for is announced first, so that its number is used whatever comes
    /// in between.</summary>
    private static (string Key, bool IsAnnounced)? Next(Partition home, string tenant, string customer) =>
        home.Do<(string, bool)?>(t =>
        {
            var state = t.State.Customers.Find(t.State.Tenant(tenant)!, customer)!;
            foreach (var (periodEnd, statements) in state.Due())
            {
                var isNew = statements.Length == 0 && !state.Agreements!.Announced.Contains(periodEnd);
                if (isNew)
                {
                    t.Append(new SpendPeriodDue(tenant, customer, periodEnd));
                }
                return (state.InvoiceKey(periodEnd), isNew);
            }
            return null;
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
            var charges = sorted.SelectMany(s => s.Lines.Select(line => (Line: line, s.Period)));
            var agreed = state.Agreements?.Book.Lines(state.Charges(charges.Select(c => c.Line)), periodEnd) ?? [];
            (InvoiceLine Line, int Period)[] billed = [.. charges, .. agreed];
            InvoiceLine[] lines = [.. billed.Select((b, i) => b.Line with { Number = i + 1 })];
            // On a test clock an invoice carries the instant at which it fell due, however far the clock was moved at
            // once.
            RollOver(turn, time, state, periodEnd);
            var issuedAt = copy.TestNow is null ? copy.Now(time) : periodEnd + copy.Grace;
            var total = state.Sum(lines);
            var credit = state.Carried().Use(total);
            BillLine[] billLines = [.. CustomerState.BillLines(sorted), .. CustomerState.BillLines(agreed.Select(a => a.Line))];
            // One record is the invoice and what it draws: there is never one without the other.
            var invoice = new InvoiceView(
                number, state.View, state.Spec.Currency, periodEnd, issuedAt,
                total.ToDecimal(), lines, state.Draw(total - credit, periodEnd, billLines), credit.MinorUnits == 0 ? null : credit.ToDecimal());
            turn.Append(new InvoiceIssued(
                tenant, key, invoice, Array.ConvertAll(billed, b => b.Period),
                state.Wallets?.Ledger.NeedsSources == true ? Array.ConvertAll(billLines, l => l.Source) : null));
        }
    }

    private static void Expire(Partition.Turn turn, TimeProvider time, string tenant, string customer)
    {
        var state = turn.State.Customers.Find(turn.State.Tenant(tenant)!, customer)!;
        while (state.ExpiryDue().FirstOrDefault() is { } grant)
        {
            End(turn, time, state, grant);
        }
    }

    /// <summary>Ends grants of which a part goes on, before an invoice whose period ends after them: it may draw that part.</summary>
    private static void RollOver(Partition.Turn turn, TimeProvider time, CustomerState state, Instant periodEnd)
    {
        while (state.ExpiryDue(before: periodEnd).FirstOrDefault(g => g.RollOver is not null) is { } grant)
        {
            End(turn, time, state, grant);
        }
    }

    private static void End(Partition.Turn turn, TimeProvider time, CustomerState state, CreditGrant grant)
    {
        var ledger = state.Wallets!.Ledger;
        var left = ledger.Left(grant);
        var rolled = grant.Rolled(left, id => ledger.Find(grant.Wallet, id) is not null);
        turn.Append(new GrantEnded(
            state.Tenant.Id, state.Spec.Id, grant.Wallet, grant.Id, true, grant.ExpiresAt!.Value, state.Tenant.Now(time), null,
            Postings.OfEnd(grant, left, expired: true, rolled), rolled));
    }
}
