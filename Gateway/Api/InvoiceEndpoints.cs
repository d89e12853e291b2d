using OrleansBilling.Contracts.Customers;
using OrleansBilling.Contracts.Invoicing;
using OrleansBilling.Documents;
using OrleansBilling.Gateway.Auth;
using OrleansBilling.Gateway.Invoices;
using OrleansBilling.Gateway.Pages;
using OrleansBilling.Gateway.Problems;
using OrleansBilling.Gateway.Requests;
using OrleansBilling.Gateway.Usage;

namespace OrleansBilling.Gateway.Api;

/// <summary>Issued invoices, as JSON and as files, and the usage behind their lines.</summary>
internal static class InvoiceEndpoints
{
    public static async Task<IResult> GetAsync(HttpContext context, IGrainFactory grains)
    {
        context.Response.Headers.Append("Vary", "Accept");
        return PrefersHtml(context.Request)
            ? await PageAsync(context, grains)
            : ApiJson.Entity(InvoiceAnswer.Of(await FindAsync(context, grains)));
    }

    public static async Task<IResult> PageAsync(HttpContext context, IGrainFactory grains)
    {
        var invoice = await FindAsync(context, grains);
        var name = invoice.Seller is null ? await TenantEndpoints.NameAsync(context, grains) : "";
        return DocumentFiles.Html(await FileAsync(context, grains, invoice, name));
    }

    public static async Task<IResult> ExplainAsync(HttpContext context, IGrainFactory grains)
    {
        var invoice = await FindAsync(context, grains);
        var zones = await ZonesAsync(context, grains, invoice);
        return new PageResult(InvoicePage.Render(invoice, zones));
    }

    public static async Task<IResult> DocumentAsync(HttpContext context, IGrainFactory grains)
    {
        var id = context.PathId("invoice");
        var customer = await OwnerAsync(context, grains, id);
        return Results.Bytes(
            await customer.Document(id) ?? throw new ProblemException(Problem.NotFound("invoice", id)), "application/json");
    }

    public static async Task<IResult> PdfAsync(HttpContext context, IGrainFactory grains) =>
        DocumentFiles.Pdf(context, await FileAsync(context, grains));

    public static async Task<IResult> UblAsync(HttpContext context, IGrainFactory grains) =>
        DocumentFiles.Ubl(await FileAsync(context, grains));

    public static async Task<IResult> UsageAsync(HttpContext context, IGrainFactory grains, PartitionRouter router)
    {
        var invoice = await FindAsync(context, grains);
        var queries = await CustomerEndpoints.Customer(context, grains, invoice.Customer.Id).LineQueries(invoice.Id)
            ?? throw new ProblemException(Problem.NotFound("invoice", invoice.Id));
        return new UsageAnnexResult(new(invoice, queries, await router.AllAsync()));
    }

    public static async Task<IResult> LineEventsAsync(HttpContext context, IGrainFactory grains)
    {
        var id = context.PathId("invoice");
        var line = context.PathLine();
        var customer = await OwnerAsync(context, grains, id);
        var page = await customer.LineEvents(id, line, Query.After(context), Query.Limit(context));
        return page is null
            ? new ProblemResult(Problem.NotFound("line", $"{line} of invoice {id}"))
            : Listing.Of(page, RecordedUsageAnswer.Of);
    }

    private static async Task<BillingDocument> FileAsync(HttpContext context, IGrainFactory grains)
    {
        var invoice = await FindAsync(context, grains);
        return invoice.Seller is null
            ? throw DocumentFiles.NoSeller(invoice.Id)
            : await FileAsync(context, grains, invoice, "");
    }

    private static async Task<BillingDocument> FileAsync(HttpContext context, IGrainFactory grains, InvoiceView invoice, string otherwise)
    {
        var look = await DocumentLook.OfAsync(context, grains, invoice.Id, invoice.Seller?.LegalEntity, invoice.Customer);
        return InvoiceDocuments.Of(invoice, await ZonesAsync(context, grains, invoice), look, otherwise);
    }

    private static async Task<InvoiceView> FindAsync(HttpContext context, IGrainFactory grains)
    {
        var id = context.PathId("invoice");
        var customer = await OwnerAsync(context, grains, id);
        return await customer.Invoice(id) ?? throw new ProblemException(Problem.NotFound("invoice", id));
    }

    private static async Task<ICustomerGrain> OwnerAsync(HttpContext context, IGrainFactory grains, string id)
    {
        var customer = await grains.GetGrain<IInvoiceSeriesGrain>(context.Tenant()).FindCustomer(id)
            ?? throw new ProblemException(Problem.NotFound("invoice", id));
        return CustomerEndpoints.Customer(context, grains, customer);
    }

    /// <summary>Time zones of the invoice's subscriptions: their periods are printed as local dates.</summary>
    private static async Task<Dictionary<string, string>> ZonesAsync(
        HttpContext context, IGrainFactory grains, InvoiceView invoice)
    {
        var zones = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var id in invoice.Lines.Where(line => line.Agreement is null).Select(line => line.Subscription).Distinct(StringComparer.Ordinal))
        {
            var subscription = await SubscriptionEndpoints.Subscription(context, grains, id).Get();
            zones[id] = subscription?.TimeZone ?? "Etc/UTC";
        }
        return zones;
    }

    private static bool PrefersHtml(HttpRequest request)
    {
        var accepted = request.GetTypedHeaders().Accept;
        return Wish("text/html") > Wish("application/json");

        double Wish(string media) =>
            accepted.Where(type => type.MediaType == media).Select(type => type.Quality ?? 1).DefaultIfEmpty(0).Max();
    }
}
