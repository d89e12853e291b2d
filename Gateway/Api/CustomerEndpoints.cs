using OrleansBilling.Contracts.Common;
using OrleansBilling.Contracts.Customers;
using OrleansBilling.Gateway.Auth;
using OrleansBilling.Gateway.Problems;
using OrleansBilling.Gateway.Requests;
using OrleansBilling.Gateway.Usage;

namespace OrleansBilling.Gateway.Api;

/// <summary>Customers and their running bills.</summary>
internal static class CustomerEndpoints
{
    public static async Task<IResult> RegisterAsync(HttpContext context, IGrainFactory grains)
    {
        var body = await JsonBody.ReadAsync<CustomerBody>(context);
        return CommandAnswer.Of(
            await Customer(context, grains, body.Id).Register(SpecOf(body)), Locations.Of("customers", body.Id));
    }

    public static async Task<IResult> ChangeAsync(HttpContext context, IGrainFactory grains)
    {
        var id = context.PathId("customer");
        var body = await JsonBody.ReadAsync<CustomerBody>(context);
        if (body.Id != id)
        {
            return new ProblemResult(Problem.Invalid([new(
                "customer.id_fixed", $"The address is of customer '{id}', and an id never changes: give the same one.", "/id")]));
        }
        return CommandAnswer.Of(await Customer(context, grains, id).Change(SpecOf(body)), Locations.Of("customers", id));
    }

    public static async Task<IResult> GetAsync(HttpContext context, IGrainFactory grains)
    {
        var id = context.PathId("customer");
        return await Customer(context, grains, id).Get() is { } customer ? ApiJson.Entity(customer) : NoSuch(id);
    }

    public static Task<IResult> ListAsync(HttpContext context, PartitionRouter router) =>
        Listing.MergeAsync(
            context,
            router,
            (partition, tenant, after, limit) => partition.Customers(tenant, after, limit),
            customer => customer.Id);

    public static async Task<IResult> BillAsync(HttpContext context, IGrainFactory grains)
    {
        var id = context.PathId("customer");
        return await Customer(context, grains, id).Bill() is { } bill ? ApiJson.Ok(BillAnswer.Of(bill)) : NoSuch(id);
    }

    public static async Task<IResult> InvoicesAsync(HttpContext context, IGrainFactory grains)
    {
        var id = context.PathId("customer");
        var customer = Customer(context, grains, id);
        return await customer.Get() is null
            ? NoSuch(id)
            : Listing.Of(await customer.Invoices(Query.After(context), Query.Limit(context)), InvoiceAnswer.Of);
    }

    private static CustomerSpec SpecOf(CustomerBody body) => new(
        body.Id, body.Name, body.Currency, body.Email, body.Address ?? [], body.PostalCode, body.City, body.Region, body.Country, body.Language,
        body.LegalEntity, body.Tax?.ToTax());

    internal static ICustomerGrain Customer(HttpContext context, IGrainFactory grains, string id) =>
        grains.GetGrain<ICustomerGrain>(EntityKey.Of(context.Tenant(), id));

    private static ProblemResult NoSuch(string id) => new(Problem.NotFound("customer", id));
}
