namespace OrleansBilling.Contracts.Invoicing;

/// <summary>The series of invoice numbers of one tenant; the key is the tenant's id.</summary>
[GrainInterfaceType("billing.invoice-series")]
public interface IInvoiceSeriesGrain : IGrainWithStringKey
{
    /// <summary>
    /// The number for an invoice; the same invoice key always gets the same number, and no number is left out.
    /// </summary>
    [Alias("assign")]
    Task<string> Assign(string invoiceKey, string customer);

    /// <summary>The customer whose invoice has that number, or null.</summary>
    [Alias("find-customer")]
    Task<string?> FindCustomer(string id);
}
