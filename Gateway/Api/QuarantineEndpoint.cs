using OrleansBilling.Contracts.Common;
using OrleansBilling.Contracts.Partitions;
using OrleansBilling.Gateway.Auth;
using OrleansBilling.Gateway.Problems;
using OrleansBilling.Gateway.Requests;
using OrleansBilling.Gateway.Usage;

namespace OrleansBilling.Gateway.Api;

/// <summary>Events kept but not billed: partition after partition, in the order of their logs.</summary>
internal static class QuarantineEndpoint
{
    /// <summary>Events that one call to release looks at, and that a partition looks at in one turn.</summary>
    private const int MostExamined = 10_000;
    private const int ExaminedAtOnce = 500;

    public static async Task<IResult> ListAsync(HttpContext context, PartitionRouter router)
    {
        var (limit, tenant, device) = (Query.Limit(context), context.Tenant(), Query.Text(context, "device"));
        var (number, after) = PartitionCursor.Of(Query.After(context));
        var partitions = await router.AllAsync();
        var last = partitions.Length - 1;
        if (device is not null)
        {
            if (!EntityId.IsValid(device))
            {
                return ApiJson.Ok(new PageAnswer<RecordedUsageAnswer>([], null));
            }
            last = PartitionMap.Of(EntityKind.Device, tenant, device, partitions.Length);
            (number, after) = number == last ? (last, after) : (last, 0);
        }
        var found = new List<RecordedUsage>();
        for (; number <= last && found.Count <= limit; number++, after = 0)
        {
            found.AddRange(await partitions[number].Quarantine(tenant, device, after, limit + 1 - found.Count)
                .WaitAsync(context.RequestAborted));
        }
        var next = found.Count > limit ? PartitionCursor.Next(found[limit - 1].Partition, found[limit - 1].Position) : null;
        return ApiJson.Ok(new PageAnswer<RecordedUsageAnswer>(
            [.. found.Take(limit).Select(RecordedUsageAnswer.Of)], next));
    }

    /// <summary>
    /// Rates what was mended. Every partition's part is durable by itself: a call that fails half-way may be repeated.
    /// </summary>
    public static async Task<IResult> ReleaseAsync(HttpContext context, PartitionRouter router)
    {
        var body = await JsonBody.ReadOptionalAsync<QuarantineReleaseBody>(context);
        var tenant = context.Tenant();
        var (number, after) = PartitionCursor.Of(body.Cursor is null ? null : Cursor.Decode(body.Cursor)
            ?? throw new ProblemException(Problem.Invalid("request.parameter_invalid", "Use the 'next' of the answer before, as it was.", "/cursor")));
        var partitions = await router.AllAsync();
        var last = partitions.Length - 1;
        if (body.Device is { } device)
        {
            last = PartitionMap.Of(EntityKind.Device, tenant, device, partitions.Length);
            (number, after) = number == last ? (last, after) : (last, 0);
        }
        var released = new QuarantineReleaseSums();
        while (number <= last && released.Examined < MostExamined)
        {
            var part = await partitions[number].ReleaseQuarantine(new(
                tenant, body.Device, body.Meter, body.Reason, body.IncludeTooOld, after, ExaminedAtOnce)).WaitAsync(context.RequestAborted);
            released.Add(number, part);
            (number, after) = part.Examined < ExaminedAtOnce ? (number + 1, 0) : (number, part.Through);
        }
        return ApiJson.Ok(released.Answer(number <= last ? Cursor.Encode($"{number}:{after}") : null));
    }
}
