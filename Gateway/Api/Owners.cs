using OrleansBilling.Contracts.Invoicing;
using OrleansBilling.Gateway.Auth;
using OrleansBilling.Gateway.Problems;
using OrleansBilling.Gateway.Requests;

namespace OrleansBilling.Gateway.Api;

/// <summary>Whose the things in addresses are.</summary>
internal static class Owners
{
    public static readonly CustomerOwned Subscription = new(
        async (context, grains) =>
            (await SubscriptionEndpoints.Subscription(context, grains, context.PathId("subscription")).Get())?.Customer,
        context => Problem.NotFound("subscription", context.PathId("subscription")));

    public static readonly CustomerOwned Invoice = new(
        async (context, grains) => await grains.GetGrain<IInvoiceSeriesGrain>(context.Tenant()).FindCustomer(context.PathId("invoice")),
        context => Problem.NotFound("invoice", context.PathId("invoice")));

    public static readonly CustomerOwned CreditNote = new(
        async (context, grains) => await grains.GetGrain<IInvoiceSeriesGrain>(context.Tenant()).FindCustomer(context.PathId("credit_note")),
        context => Problem.NotFound("credit_note", context.PathId("credit_note")));
}
