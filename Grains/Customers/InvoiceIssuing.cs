using NodaTime;
using OrleansBilling.Contracts.Invoicing;
using OrleansBilling.Core.Balances;
using OrleansBilling.Core.Receivables;
using OrleansBilling.Grains.ExchangeRates;
using OrleansBilling.Grains.Partitions;
using OrleansBilling.Grains.Records;

namespace OrleansBilling.Grains.Customers;

/// <summary>
/// Makes invoices of statements: the content is fixed and durable first, then sealed with a number and its place in the chain. A crash
/// anywhere repeats the step with the same key and the same bytes, and so with the same number.
/// </summary>
internal static class InvoiceIssuing
{
    /// <summary>Issues every invoice of the customer whose statements are all here and that nothing holds, oldest first; then ends grants
    /// that no invoice can draw any more.</summary>
    public static async Task IssueDue(Partition home, IGrainFactory grains, string tenant, string customer)
    {
        await SealAll(home, grains, tenant, customer);
        var rates = new KnownRates();
        while (home.Do(t => Find(t, tenant, customer).Due().Any()))
        {
            var issuer = await IssuerOf(home, grains, tenant, customer);
            if (!home.Do(t => PrepareNext(t, home, Find(t, tenant, customer), issuer, rates)))
            {
                if (await rates.Learn(grains, tenant))
                {
                    continue;
                }
                break;
            }
            await SealAll(home, grains, tenant, customer);
        }
        home.Do(t => Expire(t, home.Time, Find(t, tenant, customer)));
    }

    /// <summary>Who issues the customer's invoices; null where the tenant has not said who.</summary>
    public static async Task<LegalEntitySpec?> IssuerOf(Partition home, IGrainFactory grains, string tenant, string customer) =>
        await grains.GetGrain<IInvoiceSeriesGrain>(tenant).Issuer(home.Do(t => Find(t, tenant, customer).Spec.LegalEntity));

    private static CustomerState Find(Partition.Turn t, string tenant, string customer) =>
        t.State.Customers.Find(t.State.Tenant(tenant)!, customer)!;

    /// <summary>Fixes the content of the oldest invoice that nothing holds.</summary>
    /// <returns>Whether there was one. None is prepared, not a later one either, while rates are incomplete.</returns>
    private static bool PrepareNext(Partition.Turn turn, Partition home, CustomerState state, LegalEntitySpec? issuer, KnownRates rates)
    {
        foreach (var (periodEnd, statements) in state.Due().ToArray())
        {
            var isFree = InvoiceDraft.Of(state, periodEnd, statements, issuer, home, rates).Holds.Length == 0;
            if (rates.IsIncomplete)
            {
                return false;
            }
            if (isFree)
            {
                RollOver(turn, home.Time, state, periodEnd);
                // With what rolled over, it may draw more.
                var draft = InvoiceDraft.Of(state, periodEnd, statements, issuer, home, rates);
                // One record is the invoice and what it draws: there is never one without the other.
                turn.Append(draft.ToFact(state));
                PayFromUnapplied(turn, state, state.Issued(draft.Key)!);
                return true;
            }
            if (state.IssuesInOrder)
            {
                return false;
            }
        }
        return false;
    }

    /// <summary>What is over of earlier payments pays the new invoice.</summary>
    private static void PayFromUnapplied(Partition.Turn turn, CustomerState state, IssuedInvoice invoice)
    {
        foreach (var payment in state.Payments.Where(p => p.Unapplied.MinorUnits > 0).ToArray())
        {
            foreach (var part in PaymentMatching.Match(payment.Unapplied, [(invoice.Key, invoice.Open.Left)]))
            {
                turn.Append(new PaymentAllocated(state.Tenant.Id, state.Spec.Id, payment.Fact.Payment.Id, part));
            }
        }
    }

    /// <summary>Numbers what is prepared, in its order.</summary>
    public static async Task SealAll(Partition home, IGrainFactory grains, string tenant, string customer)
    {
        var waiting = home.Do(t => Find(t, tenant, customer).Unsealed().ToArray());
        if (waiting.Length == 0)
        {
            return;
        }
        // A number must never be given to bytes that a crash can take away.
        await home.Durable(home.Log.LastLsn);
        var series = grains.GetGrain<IInvoiceSeriesGrain>(tenant);
        foreach (var request in waiting)
        {
            var seal = await series.Seal(request);
            home.Do(t =>
            {
                if (Find(t, tenant, customer).Unsealed().Any(r => r.Key == request.Key))
                {
                    t.Append(new DocumentSealed(tenant, customer, request.Key, seal));
                }
            });
        }
    }

    private static void Expire(Partition.Turn turn, TimeProvider time, CustomerState state)
    {
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
