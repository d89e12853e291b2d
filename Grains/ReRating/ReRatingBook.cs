using OrleansBilling.Contracts.ReRating;

namespace OrleansBilling.Grains.ReRating;

/// <summary>Re-ratings of a tenant, in the partition of its catalogue.</summary>
internal sealed class ReRatingBook
{
    private readonly SortedDictionary<string, ReRatingView> _all = new(StringComparer.Ordinal);

    /// <summary>By id.</summary>
    public IEnumerable<ReRatingView> All => _all.Values;

    /// <summary>How many were started: whoever decides by what bills say must see that no other one came in between.</summary>
    public int Started { get; private set; }

    /// <summary><see cref="Started"/>; null while one of them has not reached every subscription.</summary>
    public int? Settled => _all.Values.Any(r => r.Status == ReRatingStatus.Applying) ? null : Started;

    public ReRatingView? Find(string id) => _all.GetValueOrDefault(id);

    public void Apply(ReRatingPreviewed fact) => _all[fact.View.Spec.Id] = fact.View;

    public void Apply(ReRatingStarted fact)
    {
        Started++;
        _all[fact.Id] = _all[fact.Id] with { Status = ReRatingStatus.Applying, AppliedAt = fact.At, AppliedVersion = fact.Version };
    }

    public void Apply(ReRatingApplied fact) => _all[fact.Id] = _all[fact.Id] with { Status = ReRatingStatus.Applied };

    public IEnumerable<object> Facts(string tenant)
    {
        foreach (var view in _all.Values)
        {
            yield return new ReRatingPreviewed(tenant, view with { Status = ReRatingStatus.Previewed, AppliedAt = null, AppliedVersion = null });
            if (view.AppliedAt is { } at)
            {
                yield return new ReRatingStarted(tenant, view.Spec.Id, at, view.AppliedVersion);
            }
            if (view.Status == ReRatingStatus.Applied)
            {
                yield return new ReRatingApplied(tenant, view.Spec.Id);
            }
        }
    }
}
