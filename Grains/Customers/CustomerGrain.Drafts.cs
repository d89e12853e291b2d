using OrleansBilling.Contracts.Common;
using OrleansBilling.Contracts.Invoicing;
using OrleansBilling.Grains.ExchangeRates;
using OrleansBilling.Grains.Records;

namespace OrleansBilling.Grains.Customers;

/// <summary>Invoices that wait, and how they go out.</summary>
internal sealed partial class CustomerGrain
{
    public async Task<DraftView[]?> Drafts()
    {
        var home = await Home();
        if (home.Do(t => Find(t) is null))
        {
            return null;
        }
        var issuer = await InvoiceIssuing.IssuerOf(home, GrainFactory, Key.Tenant, Key.Id);
        return await KnownRates.Read(GrainFactory, Key.Tenant, rates =>
            home.DoDurably(t => InvoiceDraft.AllOf(Find(t)!, issuer, home, rates).ToArray()));
    }

    public async Task<CommandResult<InvoiceView>> Finalize(string draft)
    {
        var home = await Home();
        var key = home.Do(t => Find(t) is { } customer && InvoiceDraft.KeyOf(customer, draft) is { } asked
            && (customer.Issued(asked) is not null || customer.Due().Any(d => customer.InvoiceKey(d.PeriodEnd) == asked)) ? asked : null);
        if (key is null)
        {
            return CommandResult.NotFound<InvoiceView>("draft.unknown", "The customer has no such draft.");
        }
        var isNew = home.Do(t =>
        {
            var customer = Find(t)!;
            if (customer.Issued(key) is not null)
            {
                return false;
            }
            if (!customer.IsApproved(key))
            {
                t.Append(new DraftApproved(Key.Tenant, Key.Id, key));
            }
            return true;
        });
        await InvoiceIssuing.IssueDue(home, GrainFactory, Key.Tenant, Key.Id);
        var issuer = await InvoiceIssuing.IssuerOf(home, GrainFactory, Key.Tenant, Key.Id);
        return await KnownRates.Read(GrainFactory, Key.Tenant, rates => home.DoDurably(t =>
        {
            var customer = Find(t)!;
            if (customer.Issued(key) is { Number: not null } invoice)
            {
                var view = invoice.Read(customer.Tenant.Now(home.Time));
                return isNew ? CommandResult.Updated(view) : CommandResult.Unchanged(view);
            }
            var holds = InvoiceDraft.AllOf(customer, issuer, home, rates).FirstOrDefault(d => d.Id == draft)?.Holds ?? [];
            return new CommandResult<InvoiceView>(CommandOutcome.Conflict, null, holds.Length == 0
                ? [new("draft.waits", "An earlier invoice of the customer is held; finalize that one first.")]
                : Array.ConvertAll(holds, h => new CommandError(h.Code, h.Message)));
        }));
    }

    public async Task<byte[]?> Document(string id) => await (await Home()).DoDurably(t =>
        ((IssuedDocument?)Issued(t, id) ?? Find(t)?.CreditNotes.FirstOrDefault(n => n.Number == id))?.Document.ToArray());
}
