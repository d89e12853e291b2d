using OrleansBilling.Contracts.Common;
using OrleansBilling.Gateway.Auth;
using OrleansBilling.Gateway.Problems;
using OrleansBilling.Gateway.Requests;
using OrleansBilling.Gateway.Usage;

namespace OrleansBilling.Gateway.Api;

/// <summary>Invoices that wait for somebody.</summary>
internal static class DraftEndpoints
{
    public static async Task<IResult> ListAllAsync(HttpContext context, PartitionRouter router)
    {
        var (after, limit, tenant, hold) = (Query.After(context), Query.Limit(context), context.Tenant(), Query.Text(context, "hold"));
        var partitions = await router.AllAsync();
        // One more than asked for tells whether there is another page.
        var parts = await Task.WhenAll(partitions.Select(p => hold is null
            ? p.Drafts(tenant, after, limit + 1)
            : p.FindDrafts(new(tenant, hold, null, null, IsHeld: true, after, limit + 1)))).WaitAsync(context.RequestAborted);
        var merged = parts.SelectMany(d => d).OrderBy(d => d.Place, StringComparer.Ordinal).Take(limit + 1).ToArray();
        return Listing.Of(
            merged.Length > limit ? new Page<Contracts.Invoicing.DraftView>(merged[..limit], merged[limit - 1].Place) : new(merged, null),
            DraftAnswer.Of);
    }

    public static async Task<IResult> ListAsync(HttpContext context, IGrainFactory grains)
    {
        var id = context.PathId("customer");
        return await CustomerEndpoints.Customer(context, grains, id).Drafts() is { } drafts
            ? ApiJson.Ok(new PageAnswer<DraftAnswer>(Array.ConvertAll(drafts, DraftAnswer.Of), null))
            : new ProblemResult(Problem.NotFound("customer", id));
    }

    public static async Task<IResult> FinalizeAsync(HttpContext context, IGrainFactory grains)
    {
        var result = await CustomerEndpoints.Customer(context, grains, context.PathId("customer")).Finalize(context.PathDraft());
        return CommandAnswer.Of(result, Locations.Of("invoices", result.Value?.Id ?? ""), InvoiceAnswer.Of);
    }
}
