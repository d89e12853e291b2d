using System.Globalization;
using OrleansBilling.Contracts.Common;
using OrleansBilling.Contracts.Invoicing;

namespace OrleansBilling.Grains.Customers;

/// <summary>Credit notes.</summary>
internal sealed partial class CustomerGrain
{
    public async Task<CommandResult<CreditNoteView>> IssueCreditNote(CreditNoteSpec spec)
    {
        var home = await Home();
        var (isNew, refusal) = home.Do<(bool, CommandResult<CreditNoteView>?)>(t =>
        {
            if (Find(t) is not { } customer || Issued(t, spec.Invoice) is not { } invoice)
            {
                return (false, CommandResult.NotFound<CreditNoteView>("invoice.unknown", "The customer has no such invoice."));
            }
            if (customer.CreditNotes.FirstOrDefault(n => n.Id == spec.Id) is { } known)
            {
                return (false, known.IsAsked(spec)
                    ? null
                    : CommandResult.Conflict<CreditNoteView>("credit_note.exists", "This credit note id exists with other content.", "/id"));
            }
            var (note, errors) = CreditNoteRules.Read(customer, invoice, spec, customer.Tenant.Now(home.Time));
            if (note is null)
            {
                return (false, CommandResult.Rejected<CreditNoteView>(errors));
            }
            t.Append(note);
            return (true, null);
        });
        if (refusal is not null)
        {
            return refusal;
        }
        await InvoiceIssuing.SealAll(home, GrainFactory, Key.Tenant, Key.Id);
        return await home.DoDurably(t =>
        {
            var note = Find(t)!.CreditNotes.First(n => n.Id == spec.Id).Read();
            return isNew ? CommandResult.Created(note) : CommandResult.Unchanged(note);
        });
    }

    public async Task<CreditNoteView?> CreditNote(string id) =>
        await (await Home()).DoDurably(t => Find(t)?.CreditNotes.FirstOrDefault(n => n.Number == id)?.Read());

    public async Task<Page<CreditNoteView>?> CreditNotes(string? cursor, int limit) => await (await Home()).DoDurably(t =>
        Find(t) is { } customer ? PageOf(customer.CreditNotes.Where(n => n.Number is not null), cursor, limit, n => n.Read()) : null);

    /// <summary>Of what only grows; the cursor says how many came before.</summary>
    private static Page<TView> PageOf<T, TView>(IEnumerable<T> all, string? cursor, int limit, Func<T, TView> view)
    {
        var after = int.TryParse(cursor, NumberStyles.None, CultureInfo.InvariantCulture, out var last) ? last : 0;
        // One more than asked for tells whether there is another page.
        T[] items = [.. all.Skip(after).Take(limit + 1)];
        return new(
            [.. items.Take(limit).Select(view)],
            items.Length > limit ? (after + limit).ToString(CultureInfo.InvariantCulture) : null);
    }
}
