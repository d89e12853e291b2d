using OrleansBilling.Contracts.Customers;
using OrleansBilling.Contracts.Invoicing;
using OrleansBilling.Documents;
using OrleansBilling.Gateway.Auth;
using OrleansBilling.Gateway.Invoices;
using OrleansBilling.Gateway.Problems;
using OrleansBilling.Gateway.Requests;

namespace OrleansBilling.Gateway.Api;

/// <summary>Credit notes.</summary>
internal static class CreditNoteEndpoints
{
    public static async Task<IResult> IssueAsync(HttpContext context, IGrainFactory grains)
    {
        var invoice = context.PathId("invoice");
        var body = await JsonBody.ReadAsync<CreditNoteBody>(context);
        var customer = await OwnerAsync(context, grains, "invoice", invoice);
        var result = await customer.IssueCreditNote(new(
            body.Id, invoice, body.Reason, body.Lines is null ? null : Array.ConvertAll(body.Lines, l => new CreditNoteLineSpec(l.Line, l.Amount))));
        return CommandAnswer.Of(result, Locations.Of("credit-notes", result.Value?.Id ?? ""), CreditNoteAnswer.Of);
    }

    public static async Task<IResult> GetAsync(HttpContext context, IGrainFactory grains)
    {
        var id = context.PathId("credit_note");
        return await (await OwnerAsync(context, grains, "credit_note", id)).CreditNote(id) is { } note
            ? ApiJson.Entity(CreditNoteAnswer.Of(note))
            : new ProblemResult(Problem.NotFound("credit_note", id));
    }

    public static async Task<IResult> DocumentAsync(HttpContext context, IGrainFactory grains)
    {
        var id = context.PathId("credit_note");
        var customer = await OwnerAsync(context, grains, "credit_note", id);
        return await customer.CreditNote(id) is not null && await customer.Document(id) is { } bytes
            ? Results.Bytes(bytes, "application/json")
            : new ProblemResult(Problem.NotFound("credit_note", id));
    }

    public static async Task<IResult> PdfAsync(HttpContext context, IGrainFactory grains) =>
        DocumentFiles.Pdf(context, await FileAsync(context, grains));

    public static async Task<IResult> UblAsync(HttpContext context, IGrainFactory grains) =>
        DocumentFiles.Ubl(await FileAsync(context, grains));

    public static async Task<IResult> PageAsync(HttpContext context, IGrainFactory grains)
    {
        var note = await FindAsync(context, grains);
        var name = note.Seller is null ? await TenantEndpoints.NameAsync(context, grains) : "";
        return DocumentFiles.Html(await FileAsync(context, grains, note, name));
    }

    public static async Task<IResult> ListAsync(HttpContext context, IGrainFactory grains)
    {
        var id = context.PathId("customer");
        return await CustomerEndpoints.Customer(context, grains, id).CreditNotes(Query.After(context), Query.Limit(context)) is { } page
            ? Listing.Of(page, CreditNoteAnswer.Of)
            : new ProblemResult(Problem.NotFound("customer", id));
    }

    private static async Task<BillingDocument> FileAsync(HttpContext context, IGrainFactory grains)
    {
        var note = await FindAsync(context, grains);
        return note.Seller is null ? throw DocumentFiles.NoSeller(note.Id) : await FileAsync(context, grains, note, "");
    }

    private static async Task<BillingDocument> FileAsync(HttpContext context, IGrainFactory grains, CreditNoteView note, string otherwise) =>
        InvoiceDocuments.Of(
            note, await DocumentLook.OfAsync(context, grains, note.Id, note.Seller?.LegalEntity, note.Customer), otherwise);

    private static async Task<CreditNoteView> FindAsync(HttpContext context, IGrainFactory grains)
    {
        var id = context.PathId("credit_note");
        return await (await OwnerAsync(context, grains, "credit_note", id)).CreditNote(id)
            ?? throw new ProblemException(Problem.NotFound("credit_note", id));
    }

    private static async Task<ICustomerGrain> OwnerAsync(HttpContext context, IGrainFactory grains, string concept, string id)
    {
        var customer = await grains.GetGrain<IInvoiceSeriesGrain>(context.Tenant()).FindCustomer(id)
            ?? throw new ProblemException(Problem.NotFound(concept, id));
        return CustomerEndpoints.Customer(context, grains, customer);
    }
}
