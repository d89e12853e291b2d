using OrleansBilling.Contracts.Invoicing;

namespace OrleansBilling.Gateway.Api;

/// <summary>An invoice that waits.</summary>
/// <param name="Id">Among the customer's.</param>
/// <param name="Holds">Why it waits; empty for one that is about to be issued.</param>
/// <param name="Invoice">As it would be issued now.</param>
internal sealed record DraftAnswer(string Id, string Customer, InvoiceHold[] Holds, InvoiceAnswer Invoice)
{
    public static DraftAnswer Of(DraftView draft) => new(draft.Id, draft.Invoice.Customer.Id, draft.Holds, InvoiceAnswer.Of(draft.Invoice));
}
