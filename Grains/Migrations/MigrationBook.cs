using OrleansBilling.Contracts.Migrations;

namespace OrleansBilling.Grains.Migrations;

/// <summary>Migrations of a tenant, in the partition of its catalogue.</summary>
internal sealed class MigrationBook
{
    private readonly SortedDictionary<string, Entry> _all = new(StringComparer.Ordinal);

    /// <summary>Those that are not carried to their end yet.</summary>
    public IEnumerable<string> Applying => _all.Where(m => m.Value.IsApplying).Select(m => m.Key);

    /// <summary>By id, without items.</summary>
    public IEnumerable<MigrationView> All => _all.Values.Select(m => m.View with { Items = [], Status = m.Status });

    public MigrationView? Find(string id) => _all.TryGetValue(id, out var entry) ? entry.Now : null;

    /// <summary>Subscriptions that a migration is still to move; nothing when it is not decided.</summary>
    public MigrationItem[] Left(string id, int most) => _all[id] is { IsApplying: true } entry ? [.. entry.Left.Take(most)] : [];

    public void Apply(MigrationPreviewed fact) => _all[fact.View.Spec.Id] = new(fact.View);

    public void Apply(MigrationStarted fact) => _all[fact.Id].Start(fact);

    public void Apply(MigrationProgressed fact) => _all[fact.Id].Add(fact.Items);

    public IEnumerable<object> Facts(string tenant)
    {
        foreach (var (id, entry) in _all)
        {
            yield return new MigrationPreviewed(tenant, entry.View with { Status = MigrationStatus.Previewed, AppliedAt = null });
            if (entry.View.AppliedAt is { } at)
            {
                yield return new MigrationStarted(tenant, id, at);
            }
            if (entry.Results.Count > 0)
            {
                yield return new MigrationProgressed(tenant, id, [.. entry.Results.Values]);
            }
        }
    }

    private sealed class Entry(MigrationView view)
    {
        public MigrationView View { get; private set; } = view;

        /// <summary>By subscription.</summary>
        public SortedDictionary<string, MigrationItem> Results { get; } = new(StringComparer.Ordinal);

        /// <summary>What was refused in the preview is tried, too: it may be possible by now.</summary>
        public IEnumerable<MigrationItem> Left =>
            View.Items.Where(i => i.Outcome != MigrationOutcome.Kept && !Results.ContainsKey(i.Subscription));

        public bool IsApplying => View.AppliedAt is not null && Left.Any();

        public string Status => View.AppliedAt is null ? MigrationStatus.Previewed : IsApplying ? MigrationStatus.Applying : MigrationStatus.Applied;

        public MigrationView Now => View with
        {
            Status = Status, Items = Array.ConvertAll(View.Items, i => Results.GetValueOrDefault(i.Subscription, i)),
        };

        public void Start(MigrationStarted fact) => View = View with { AppliedAt = fact.At };

        public void Add(MigrationItem[] items)
        {
            foreach (var item in items)
            {
                Results.TryAdd(item.Subscription, item);
            }
        }
    }
}
