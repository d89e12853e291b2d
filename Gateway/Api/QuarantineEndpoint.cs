using OrleansBilling.Contracts.Corrections;
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
    private const int MostExamined = QuarantineSearch.MostExamined;
    private const int ExaminedAtOnce = 500;

    /// <summary>Events that one call discards.</summary>
    private const int MostDiscarded = 1_000;

    public static async Task<IResult> ListAsync(HttpContext context, PartitionRouter router)
    {
        var search = new QuarantineSearch(
            context.Tenant(), Query.Text(context, "device"), Query.Text(context, "meter"), Query.Text(context, "reason"));
        var (found, next) = await search.FindAsync(
            await router.AllAsync(), Query.After(context), Query.Limit(context), context.RequestAborted);
        return ApiJson.Ok(new PageAnswer<RecordedUsageAnswer>([.. found.Select(RecordedUsageAnswer.Of)], next));
    }

    /// <summary>
    /// Voids what will never be billed. An event that leaves the quarantine meanwhile is refused: nobody meant to take back what counts.
    /// </summary>
    public static async Task<IResult> DiscardAsync(HttpContext context, PartitionRouter router)
    {
        var body = await JsonBody.ReadAsync<QuarantineDiscardBody>(context);
        if (body is { Device: null, Meter: null, Quarantined: null })
        {
            throw new ProblemException(Problem.Invalid(
                "quarantine.filter_required", "Say which: give 'device', 'meter' or 'quarantined', the reason that holds them.", ""));
        }
        var partitions = await router.AllAsync();
        var (found, next) = await new QuarantineSearch(context.Tenant(), body.Device, body.Meter, body.Quarantined)
            .FindAsync(partitions, Decoded(body.Cursor), MostDiscarded, context.RequestAborted);
        var results = new QuarantineDiscardResult[found.Count];
        await Task.WhenAll(found.Index().GroupBy(f => f.Item.Partition).Select(async share =>
        {
            var items = share.ToArray();
            var outcomes = await partitions[share.Key].CorrectUsage(
                context.Tenant(), Array.ConvertAll(items, f => Discard(body, f.Item)));
            foreach (var ((index, usage), outcome) in items.Zip(outcomes))
            {
                results[index] = QuarantineDiscardResult.Of(RecordedUsageAnswer.Of(usage), outcome);
            }
        })).WaitAsync(context.RequestAborted);
        return ApiJson.Ok(QuarantineDiscardAnswer.Of(results, next));
    }

    /// <summary>
    /// Rates what was mended. Every partition's part is durable by itself: a call that fails half-way may be repeated.
    /// </summary>
    public static async Task<IResult> ReleaseAsync(HttpContext context, PartitionRouter router)
    {
        var body = await JsonBody.ReadOptionalAsync<QuarantineReleaseBody>(context);
        var tenant = context.Tenant();
        var (number, after) = PartitionCursor.Of(Decoded(body.Cursor));
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
        var remaining = 0;
        for (var (rest, from) = (number, after); rest <= last; rest++, from = 0)
        {
            remaining += await partitions[rest].QuarantineCount(tenant, body.Device, from).WaitAsync(context.RequestAborted);
        }
        return ApiJson.Ok(released.Answer(remaining, number <= last ? PartitionCursor.Next(number, after) : null));
    }

    private static CorrectionItem Discard(QuarantineDiscardBody body, RecordedUsage usage) => new(
        new($"{body.Id}:{usage.Position}", usage.Device, usage.Id, CorrectionActions.Void, body.Reason), usage.Position, OnlyQuarantined: true);

    private static string? Decoded(string? cursor) => cursor is null ? null : Cursor.Decode(cursor)
        ?? throw new ProblemException(Problem.Invalid("request.parameter_invalid", "Use the 'next' of the answer before, as it was.", "/cursor"));
}
