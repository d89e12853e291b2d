using OrleansBilling.Contracts.Common;
using OrleansBilling.Contracts.Partitions;
using OrleansBilling.Gateway.Auth;
using OrleansBilling.Gateway.Requests;
using OrleansBilling.Gateway.Usage;

namespace OrleansBilling.Gateway.Api;

/// <summary>Listings that are spread over all partitions.</summary>
internal static class Listing
{
    /// <summary>Asks every partition for its part and merges them by id.</summary>
    public static async Task<IResult> MergeAsync<T>(
        HttpContext context,
        PartitionRouter router,
        Func<IPartitionGrain, string, string?, int, Task<T[]>> part,
        Func<T, string> id)
    {
        var (after, limit, tenant) = (Query.After(context), Query.Limit(context), context.Tenant());
        var partitions = await router.AllAsync();
        // One more than asked for tells whether there is another page.
        var parts = await Task.WhenAll(partitions.Select(partition => part(partition, tenant, after, limit + 1)))
            .WaitAsync(context.RequestAborted);
        var merged = parts.SelectMany(items => items).OrderBy(id, StringComparer.Ordinal).Take(limit + 1).ToList();
        var more = merged.Count > limit;
        var page = more ? merged[..limit] : merged;
        return ApiJson.Ok(new PageAnswer<T>(page, more ? Cursor.Encode(id(page[^1])) : null));
    }

    /// <summary>A page as one grain gave it, with answers made of its entries.</summary>
    public static IResult Of<T, TAnswer>(Page<T> page, Converter<T, TAnswer> answer) =>
        ApiJson.Ok(new PageAnswer<TAnswer>(Array.ConvertAll(page.Items, answer), Cursor.Encode(page.Next)));
}
