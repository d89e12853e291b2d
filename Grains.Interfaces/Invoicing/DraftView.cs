namespace OrleansBilling.Contracts.Invoicing;

/// <summary>An invoice whose periods are closed and that is not issued.</summary>
/// <param name="Id">Among the customer's: the end of its periods, and how many invoices ended then before.</param>
/// <param name="Invoice">As it would be issued now; without a number.</param>
/// <param name="Holds">Why it waits; empty for one that is about to be issued.</param>
[GenerateSerializer, Immutable, Alias("billing.draft")]
public sealed record DraftView(
    [property: Id(0)] string Id, [property: Id(1)] InvoiceView Invoice, [property: Id(2)] InvoiceHold[] Holds)
{
    /// <summary>Where it is among all drafts of the tenant, which are listed by it.</summary>
    public string Place => PlaceOf(Invoice.Customer.Id, Id);

    /// <inheritdoc cref="Place"/>
    public static string PlaceOf(string customer, string draft) => $"{customer}/{draft}";
}
