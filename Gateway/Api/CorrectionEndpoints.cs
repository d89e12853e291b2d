using System.Text.Json;
using OrleansBilling.Contracts.Common;
using OrleansBilling.Contracts.Corrections;
using OrleansBilling.Contracts.Partitions;
using OrleansBilling.Gateway.Auth;
using OrleansBilling.Gateway.Problems;
using OrleansBilling.Gateway.Requests;
using OrleansBilling.Gateway.Usage;

namespace OrleansBilling.Gateway.Api;

/// <summary>Usage that was accepted and is taken back or changed.</summary>
internal static class CorrectionEndpoints
{
    /// <summary>Corrections in one request.</summary>
    public const int MaxCorrections = 1_000;

    public static async Task<IResult> VoidAsync(HttpContext context, PartitionRouter router) =>
        await CorrectAsync(context, router, CorrectionActions.Void, await JsonBody.ReadAsync<CorrectionBody>(context));

    public static async Task<IResult> AmendAsync(HttpContext context, PartitionRouter router) =>
        await CorrectAsync(context, router, CorrectionActions.Amend, await JsonBody.ReadAsync<AmendmentBody>(context));

    /// <summary>
    /// Every partition's part is durable by itself: a call that fails half-way is sent again, and what was done is unchanged then.
    /// </summary>
    public static async Task<IResult> BatchAsync(HttpContext context, PartitionRouter router)
    {
        var body = await JsonBody.ReadAsync<CorrectionBatchBody>(context);
        var results = new CorrectionResult[BatchItems.Count(body.Corrections, "corrections", MaxCorrections)];
        var partitions = await router.AllAsync();
        var tenant = context.Tenant();
        var shares = Read(body.Corrections, tenant, partitions.Length, results).GroupBy(item => item.Owner).Select(async share =>
        {
            (int Place, CorrectionItem Item)[] items = [.. share.Select(s => (s.Place, s.Item))];
            var outcomes = await partitions[share.Key].CorrectUsage(tenant, Array.ConvertAll(items, i => i.Item));
            foreach (var ((place, item), outcome) in items.Zip(outcomes))
            {
                results[place] = Of(item.Correction.Id, outcome, $"/corrections/{place}");
            }
        });
        await Task.WhenAll(shares).WaitAsync(context.RequestAborted);
        return ApiJson.Ok(new CorrectionBatchAnswer(
            results.Count(r => r.Status == "corrected"), results.Count(r => r.Status == "unchanged"),
            results.Count(r => r.Status == "refused"), results));
    }

    public static async Task<IResult> ListAsync(HttpContext context, PartitionRouter router)
    {
        var (limit, tenant) = (Query.Limit(context), context.Tenant());
        var (device, id, source) = (Query.Text(context, "device"), Query.Text(context, "event"), Query.Text(context, "source"));
        var usageEvent = id is null ? null : EventIdentity.Compose(source, id);
        var (number, after) = PartitionCursor.Of(Query.After(context));
        var partitions = await router.AllAsync();
        var last = partitions.Length - 1;
        if (device is not null)
        {
            last = EntityId.IsValid(device) ? PartitionMap.Of(EntityKind.Device, tenant, device, partitions.Length) : -1;
            (number, after) = number == last ? (last, after) : (Math.Max(0, last), 0);
        }
        var found = new List<CorrectionView>();
        for (; number <= last && found.Count <= limit; number++, after = 0)
        {
            found.AddRange(await partitions[number].Corrections(tenant, device, usageEvent, after, limit + 1 - found.Count)
                .WaitAsync(context.RequestAborted));
        }
        var next = found.Count > limit ? PartitionCursor.Next(found[limit - 1].Partition, found[limit - 1].Position) : null;
        return ApiJson.Ok(new PageAnswer<CorrectionAnswer>([.. found.Take(limit).Select(CorrectionAnswer.Of)], next));
    }

    private static async Task<IResult> CorrectAsync(HttpContext context, PartitionRouter router, string action, CorrectionBody body)
    {
        var (device, id, tenant) = (context.PathId("device"), context.PathEvent(), context.Tenant());
        var partitions = await router.AllAsync();
        var owner = PartitionMap.Of(EntityKind.Device, tenant, device, partitions.Length);
        var errors = new List<ProblemError>();
        var item = CorrectionReader.Read(body, device, id, action, owner, "", errors);
        if (errors.Count > 0)
        {
            throw new ProblemException(Problem.Invalid(errors));
        }
        var outcome = (await partitions[owner].CorrectUsage(tenant, [item]).WaitAsync(context.RequestAborted))[0];
        return outcome switch
        {
            { Outcome: CommandOutcome.Created } => ApiJson.Created(
                $"/v1/usage/corrections?device={Uri.EscapeDataString(device)}&event={Uri.EscapeDataString(id)}",
                CorrectionAnswer.Of(outcome.Correction!)),
            { Correction: { } known } => ApiJson.Ok(CorrectionAnswer.Of(known)),
            _ => new ProblemResult(CommandAnswer.ProblemOf(outcome.Outcome, [outcome.Error!])),
        };
    }

    /// <summary>The corrections that can be read; the others get their result.</summary>
    private static List<(int Place, int Owner, CorrectionItem Item)> Read(
        JsonElement corrections, string tenant, int partitions, CorrectionResult[] results)
    {
        var read = new List<(int, int, CorrectionItem)>(results.Length);
        foreach (var (place, json) in corrections.EnumerateArray().Index())
        {
            var errors = new List<ProblemError>();
            var at = $"/corrections/{place}";
            if (BodyBinder.Bind(typeof(CorrectionItemBody), json, at, errors) is CorrectionItemBody body && errors.Count == 0)
            {
                var owner = PartitionMap.Of(EntityKind.Device, tenant, body.Device, partitions);
                var item = CorrectionReader.Read(body, body.Device, body.Event, body.Action, owner, at, errors);
                if (errors.Count == 0)
                {
                    read.Add((place, owner, item));
                    continue;
                }
            }
            results[place] = new(BatchItems.IdOf(json), "refused", errors, null);
        }
        return read;
    }

    private static CorrectionResult Of(string id, CorrectionOutcome outcome, string at) => outcome switch
    {
        { Correction: { } correction } => new(
            id, outcome.Outcome == CommandOutcome.Created ? "corrected" : "unchanged", null, CorrectionAnswer.Of(correction)),
        _ => new(id, "refused", [new(outcome.Error!.Code, outcome.Error.Message, at + outcome.Error.Pointer)], null),
    };
}
