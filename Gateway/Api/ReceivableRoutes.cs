using OrleansBilling.Contracts.Customers;
using OrleansBilling.Contracts.Tenants;
using OrleansBilling.Gateway.Auth;
using OrleansBilling.Gateway.Documentation;

namespace OrleansBilling.Gateway.Api;

/// <summary>Addresses of credit notes and payments, with their documentation.</summary>
internal static class ReceivableRoutes
{
    private static readonly string[] Paging = ["limit", "cursor"];

    public static void Map(IEndpointRouteBuilder routes)
    {
        MapFiles(routes);
        MapCreditNotes(routes);
        MapPayments(routes);
    }

    private static void MapFiles(IEndpointRouteBuilder routes)
    {
        foreach (var (path, tag, what, owner, page, pdf, ubl) in new (string, string, string, CustomerOwned, Delegate, Delegate, Delegate)[]
        {
            ("/v1/invoices/{id}", "Invoices", "an invoice", Owners.Invoice, InvoiceEndpoints.PageAsync, InvoiceEndpoints.PdfAsync,
                InvoiceEndpoints.UblAsync),
            ("/v1/credit-notes/{id}", "Credit notes", "a credit note", Owners.CreditNote, CreditNoteEndpoints.PageAsync,
                CreditNoteEndpoints.PdfAsync, CreditNoteEndpoints.UblAsync),
        })
        {
            routes.MapGet($"{path}/html", page).Needs(KeyScopes.Read).OwnedBy(owner)
                .Doc(new(tag, $"Print {what}",
                    "The document as a page for screen, paper and reading programs, in the customer's language; it needs nothing from elsewhere. "
                    + "Where no legal entity issued it, it has the tenant's name.") { Query = ["language"] })
                .Produces(200, contentType: "text/html").Problems(401, 403, 404, 422, 429, 503);
            routes.MapGet($"{path}/pdf", pdf).Needs(KeyScopes.Read).OwnedBy(owner)
                .Doc(new(tag, $"Read {what} as PDF",
                    "In the customer's language, with fonts embedded and tagged for reading programs; the same bytes each time. 'paper' is a4 or "
                    + "letter; that of the customer's country when left out. 409 where no legal entity issued it.")
                { Query = ["paper", "language"] })
                .Produces(200, contentType: "application/pdf").Problems(401, 403, 404, 409, 422, 429, 503);
            routes.MapGet($"{path}/ubl", ubl).Needs(KeyScopes.Read).OwnedBy(owner)
                .Doc(new(tag, $"Read {what} as e-invoice",
                    "UBL 2.1 by EN 16931. 409 with the rules that it breaks, such as a missing VAT number, and where no legal entity issued it.")
                { Query = ["language"] })
                .Produces(200, contentType: "application/xml").Problems(401, 403, 404, 409, 422, 429, 503);
        }
    }

    private static void MapCreditNotes(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/v1/invoices/{id}/credit-notes", CreditNoteEndpoints.IssueAsync).Needs(KeyScopes.Billing)
            .Doc(new("Credit notes", "Issue a credit note",
                "Takes back amounts of lines, or without 'lines' all that is left of the invoice, with the tax that was charged on them. It first "
                + "lowers what is still to be paid of the invoice; the rest lowers the next invoices, or is paid back. An invoice is only ever "
                + "voided in this way.")
            {
                RequestExample = """{ "id": "outage-june", "reason": "Outage on 3 June", "lines": [ { "line": 1, "amount": "2.50" } ] }""",
            }).Takes<CreditNoteBody>().Answers<CreditNoteAnswer>(201, 200).Problems(404, 409);
        routes.MapGet("/v1/credit-notes/{id}", CreditNoteEndpoints.GetAsync).Needs(KeyScopes.Read).OwnedBy(Owners.CreditNote)
            .Doc(new("Credit notes", "Read a credit note", "By its number.")).AnswersEntity<CreditNoteAnswer>().Problems(404);
        routes.MapGet("/v1/credit-notes/{id}/document", CreditNoteEndpoints.DocumentAsync).Needs(KeyScopes.Read).OwnedBy(Owners.CreditNote)
            .Doc(new("Credit notes", "Read the sealed bytes of a credit note",
                "The JSON that the credit note's hash in the chain is of, byte by byte; it is without number and hash."))
            .Produces(200, contentType: "application/json").Problems(401, 403, 404, 429, 503);
        routes.MapGet("/v1/customers/{id}/credit-notes", CreditNoteEndpoints.ListAsync).Needs(KeyScopes.Read).OwnedBy(AccessExtensions.Customer)
            .Doc(new("Credit notes", "List a customer's credit notes", "Oldest first.") { Query = Paging })
            .Answers<PageAnswer<CreditNoteAnswer>>().Problems(404, 422);
    }

    private static void MapPayments(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/v1/customers/{id}/payments", PaymentEndpoints.RecordAsync).Needs(KeyScopes.Billing)
            .Doc(new("Payments", "Record a payment",
                "Money that came in. It pays the invoices named, in their order, or those that were issued first; what is over pays the next ones.")
            {
                RequestExample = """{ "id": "transfer-4711", "amount": "100.00", "method": "transfer", "reference": "RF18 5390 0754 7034" }""",
            }).Takes<PaymentBody>().Answers<PaymentAnswer>(201, 200).Problems(404, 409);
        routes.MapGet("/v1/customers/{id}/payments", PaymentEndpoints.ListAsync).Needs(KeyScopes.Read).OwnedBy(AccessExtensions.Customer)
            .Doc(new("Payments", "List a customer's payments", "Oldest first.") { Query = Paging })
            .Answers<PageAnswer<PaymentAnswer>>().Problems(404, 422);
        routes.MapPost("/v1/customers/{id}/payments/{payment}/reverse", PaymentEndpoints.ReverseAsync).Needs(KeyScopes.Billing)
            .Doc(new("Payments", "Reverse a payment", "It went back, such as a card payment that was charged back: what it paid is open again.")
            {
                RequestExample = """{ "reason": "Charged back" }""",
            }).Takes<ReasonBody>().Answers<PaymentAnswer>().Problems(404);
        routes.MapPost("/v1/customers/{id}/refunds", PaymentEndpoints.RefundAsync).Needs(KeyScopes.Billing)
            .Doc(new("Payments", "Record a refund",
                "Money of the customer's balance, which credit notes and invoices below zero left, was paid back to it.")
            {
                RequestExample = """{ "id": "refund-1", "amount": "2.50", "reference": "Transfer 812" }""",
            }).Takes<RefundBody>().Answers<AccountView>(201, 200).Problems(404, 409);
        routes.MapGet("/v1/customers/{id}/account", PaymentEndpoints.AccountAsync).Needs(KeyScopes.Read).OwnedBy(AccessExtensions.Customer)
            .Doc(new("Payments", "Read the customer's account", "What it owes, what of that is overdue, and what it has to its credit."))
            .Answers<AccountView>().Problems(404);
        routes.MapPost("/v1/invoices/{id}/write-off", PaymentEndpoints.WriteOffAsync).Needs(KeyScopes.Billing)
            .Doc(new("Payments", "Give up an invoice", "Nobody expects any more what is left to pay of it: it is uncollectible.")
            {
                RequestExample = """{ "reason": "Insolvent" }""",
            }).Takes<ReasonBody>().Answers<InvoiceAnswer>().Problems(404, 409);
    }
}
