using System.Text.Json;
using Orleans.Concurrency;
using OrleansBilling.Contracts.Common;
using OrleansBilling.Contracts.Partitions;
using OrleansBilling.Contracts.Pricing;
using OrleansBilling.Contracts.ReRating;
using OrleansBilling.Contracts.Serialization;
using OrleansBilling.Core.Pricing;
using OrleansBilling.Grains.Partitions;

namespace OrleansBilling.Grains.ReRating;

/// <summary>A tenant's re-ratings: asked of every partition, kept beside the catalogue.</summary>
[Reentrant, GrainType("re-ratings"), PartitionPlacement]
internal sealed class ReRatingGrain(PartitionHost host) : EntityGrain(host, EntityKind.Catalogue), IReRatingGrain
{
    /// <summary>Subscriptions of one re-rating: it is one record.</summary>
    public const int MaxSubscriptions = 10_000;

    /// <summary>Refused subscriptions that an answer names.</summary>
    private const int MaxErrors = 100;

    public async Task<CommandResult<ReRatingView>> Preview(ReRatingSpec spec)
    {
        var home = await Home();
        if (await home.DoDurably(t => t.State.ReRatings(Key.Tenant).Find(spec.Id)) is { } known)
        {
            return Same(known.Spec, spec)
                ? CommandResult.Unchanged(known)
                : CommandResult.Conflict<ReRatingView>("re_rating.exists", "This id names another re-rating.", "/id");
        }
        var (corrected, error) = spec.From < spec.To
            ? await Corrected(spec)
            : (null, new CommandError("re_rating.range", "'to' must come after 'from'.", "/to"));
        if (error is not null)
        {
            return CommandResult.Rejected<ReRatingView>(error);
        }
        var subscriptions = await Ask(home, spec, corrected!);
        if (subscriptions.Select(s => s.Error).OfType<CommandError>().Take(MaxErrors).ToArray() is { Length: > 0 } unfit)
        {
            return CommandResult.Rejected<ReRatingView>(
                spec.Draft is null ? unfit : Array.ConvertAll(unfit, e => e with { Pointer = "/definition" }));
        }
        if (subscriptions.Length > MaxSubscriptions)
        {
            return CommandResult.Rejected<ReRatingView>(new CommandError(
                "re_rating.too_many", $"More than {MaxSubscriptions} subscriptions; name customers or subscriptions, part by part.", "/subscriptions"));
        }
        var view = await home.DoDurably(t =>
        {
            if (t.State.ReRatings(Key.Tenant).Find(spec.Id) is null)
            {
                t.Append(new ReRatingPreviewed(Key.Tenant, new(
                    spec, ReRatingStatus.Previewed, TenantOf(t, Key.Tenant).Now(home.Time), null, corrected!.Plan.Definition.Currency,
                    subscriptions.Sum(s => s.Difference), subscriptions)));
            }
            return t.State.ReRatings(Key.Tenant).Find(spec.Id)!;
        });
        return CommandResult.Created(view);
    }

    public async Task<CommandResult<ReRatingView>> Apply(string id)
    {
        var home = await Home();
        var (view, started) = await home.DoDurably(t => (t.State.ReRatings(Key.Tenant).Find(id), t.State.ReRatings(Key.Tenant).Settled));
        if (view is null)
        {
            return CommandResult.NotFound<ReRatingView>("re_rating.unknown", $"There is no re-rating '{id}'.");
        }
        if (view.Status == ReRatingStatus.Applied)
        {
            return CommandResult.Unchanged(view);
        }
        if (view.Status == ReRatingStatus.Previewed && await Start(home, view, started) is { } refusal)
        {
            return refusal;
        }
        await ReRatingDriving.Drive(home, GrainFactory, Key.Tenant, id);
        return CommandResult.Updated(await home.DoDurably(t => t.State.ReRatings(Key.Tenant).Find(id)!));
    }

    public async Task<ReRatingView?> Get(string id) => await (await Home()).DoDurably(t => t.State.ReRatings(Key.Tenant).Find(id));

    public async Task<Page<ReRatingView>> List(string? after, int limit) => await (await Home()).DoDurably(t =>
    {
        ReRatingView[] items = [.. t.State.ReRatings(Key.Tenant).All
            .Where(r => after is null || string.CompareOrdinal(r.Spec.Id, after) > 0).Take(limit + 1).Select(r => r with { Subscriptions = [] })];
        return items.Length > limit ? new Page<ReRatingView>(items[..limit], items[limit - 1].Spec.Id) : new(items, null);
    });

    /// <summary>Decides to apply it, when bills are as they were and nobody else has decided since; a draft is published first.</summary>
    /// <param name="started">How many were started, all of them applied everywhere, before bills were asked for; null while one was not.</param>
    /// <returns>Why not; null when it is decided, now or by another caller.</returns>
    private async Task<CommandResult<ReRatingView>?> Start(Partition home, ReRatingView view, int? started)
    {
        var (corrected, error) = await Corrected(view.Spec);
        var same = error is null && started is not null && (await Ask(home, view.Spec, corrected!)).Select(s => (s.Subscription, s.Fingerprint))
            .SequenceEqual(view.Subscriptions.Select(s => (s.Subscription, s.Fingerprint)));
        int? version = null;
        if (same && view.Spec.Draft is { } draft)
        {
            var published = await GrainFactory.GetGrain<ICatalogueGrain>(Key.Tenant).Publish(draft with { Id = view.Spec.Plan });
            if (!published.Succeeded)
            {
                return new(published.Outcome, null, published.Errors);
            }
            version = published.Value!.Version;
        }
        var decided = await home.DoDurably(t =>
        {
            var book = t.State.ReRatings(Key.Tenant);
            // Another caller may have started this very one, and that is what has changed.
            if (book.Find(view.Spec.Id)!.Status != ReRatingStatus.Previewed)
            {
                return true;
            }
            if (!same || book.Started != started)
            {
                return false;
            }
            t.Append(new ReRatingStarted(Key.Tenant, view.Spec.Id, TenantOf(t, Key.Tenant).Now(home.Time), version));
            return true;
        });
        return decided ? null : CommandResult.Conflict<ReRatingView>(
            "re_rating.stale",
            "Usage or invoices have changed since the preview; make a new one with another id, look at it, and apply that.");
    }

    /// <summary>By id.</summary>
    private async Task<ReRatedSubscription[]> Ask(Partition home, ReRatingSpec spec, PlanTerms corrected)
    {
        var query = new ReRatingQuery(Key.Tenant, spec, corrected, MaxSubscriptions + 1);
        var found = await Task.WhenAll(Enumerable.Range(0, home.PartitionCount)
            .Select(p => GrainFactory.GetGrain<IPartitionGrain>(p).TryReRating(query)));
        return [.. found.SelectMany(f => f).OrderBy(s => s.Subscription, StringComparer.Ordinal)];
    }

    private async Task<(PlanTerms? Corrected, CommandError? Error)> Corrected(ReRatingSpec spec)
    {
        var catalogue = GrainFactory.GetGrain<ICatalogueGrain>(Key.Tenant);
        if (await catalogue.GetPlan(spec.Plan, spec.WrongVersion) is not { } wrong)
        {
            return (null, new("plan.unknown", $"Plan '{spec.Plan}' has no version {spec.WrongVersion}.", "/wrongVersion"));
        }
        PlanView? right;
        if (spec.Draft is { } draft)
        {
            if (await catalogue.Check(draft) is [var first, ..])
            {
                return (null, first with { Pointer = "/draft" + first.Pointer });
            }
            right = new(spec.Plan, 0, wrong.PublishedAt, draft);
        }
        else
        {
            right = await catalogue.GetPlan(spec.Plan, spec.CorrectedVersion);
        }
        if (right is null || right.Version == spec.WrongVersion)
        {
            return (null, new("plan.unknown", $"Plan '{spec.Plan}' has no other version {spec.CorrectedVersion}.", "/correctedVersion"));
        }
        return PlanShape.Difference(wrong.Definition, right.Definition) is { } differs
            ? (null, new(differs.Code, differs.Message, spec.Draft is null ? "/correctedVersion" : "/draft" + differs.Pointer))
            : (await ReRatingDriving.Terms(catalogue, right), null);
    }

    private static bool Same(ReRatingSpec one, ReRatingSpec other) => Text(one) == Text(other);

    private static string Text(ReRatingSpec spec) => JsonSerializer.Serialize(spec, BillingJson.Options);
}
