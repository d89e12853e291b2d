using OrleansBilling.Contracts.Invoicing;
using OrleansBilling.Gateway.Auth;
using OrleansBilling.Gateway.Problems;
using OrleansBilling.Gateway.Requests;

namespace OrleansBilling.Gateway.Api;

/// <summary>Money that comes in for invoices, and that goes back.</summary>
internal static class PaymentEndpoints
{
    public static async Task<IResult> RecordAsync(HttpContext context, IGrainFactory grains)
    {
        var id = context.PathId("customer");
        var body = await JsonBody.ReadAsync<PaymentBody>(context);
        return CommandAnswer.Of(
            await CustomerEndpoints.Customer(context, grains, id).RecordPayment(
                new(body.Id, body.Amount, body.ReceivedAt, body.Method, body.Reference, body.Invoices)),
            Locations.Of("customers", id) + "/payments", PaymentAnswer.Of);
    }

    public static async Task<IResult> ListAsync(HttpContext context, IGrainFactory grains)
    {
        var id = context.PathId("customer");
        return await CustomerEndpoints.Customer(context, grains, id).Payments(Query.After(context), Query.Limit(context)) is { } page
            ? Listing.Of(page, PaymentAnswer.Of)
            : new ProblemResult(Problem.NotFound("customer", id));
    }

    public static async Task<IResult> ReverseAsync(HttpContext context, IGrainFactory grains)
    {
        var (id, payment) = (context.PathId("customer"), context.PathPayment());
        var body = await JsonBody.ReadAsync<ReasonBody>(context);
        return CommandAnswer.Of(
            await CustomerEndpoints.Customer(context, grains, id).ReversePayment(payment, body.Reason),
            Locations.Of("customers", id) + "/payments", PaymentAnswer.Of);
    }

    public static async Task<IResult> RefundAsync(HttpContext context, IGrainFactory grains)
    {
        var id = context.PathId("customer");
        var body = await JsonBody.ReadAsync<RefundBody>(context);
        return CommandAnswer.Of(
            await CustomerEndpoints.Customer(context, grains, id).Refund(new(body.Id, body.Amount, body.Reference)),
            Locations.Of("customers", id) + "/account");
    }

    public static async Task<IResult> AccountAsync(HttpContext context, IGrainFactory grains)
    {
        var id = context.PathId("customer");
        return await CustomerEndpoints.Customer(context, grains, id).Account() is { } account
            ? ApiJson.Ok(account)
            : new ProblemResult(Problem.NotFound("customer", id));
    }

    public static async Task<IResult> WriteOffAsync(HttpContext context, IGrainFactory grains)
    {
        var id = context.PathId("invoice");
        var body = await JsonBody.ReadAsync<ReasonBody>(context);
        var customer = await grains.GetGrain<IInvoiceSeriesGrain>(context.Tenant()).FindCustomer(id)
            ?? throw new ProblemException(Problem.NotFound("invoice", id));
        return CommandAnswer.Of(
            await CustomerEndpoints.Customer(context, grains, customer).WriteOff(id, body.Reason), Locations.Of("invoices", id), InvoiceAnswer.Of);
    }
}
