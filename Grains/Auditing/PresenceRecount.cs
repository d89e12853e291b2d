using NodaTime;
using OrleansBilling.Core.Devices;
using OrleansBilling.Core.Periods;
using OrleansBilling.Core.Rating;
using OrleansBilling.Core.Subscriptions;
using OrleansBilling.Grains.Devices;
using OrleansBilling.Grains.Records;

namespace OrleansBilling.Grains.Auditing;

/// <summary>
/// Counts the devices of subscriptions again from the raw facts alone, day by day, and tells what changed to the recount.
/// </summary>
/// <param name="add">Takes a change of a device in a usage period's bucket, to be billed by the seal as it stands.</param>
internal sealed class PresenceRecount(IReadOnlyList<TermsEntry> terms, Action<string, TermsEntry, int, BucketKey, BucketTotal> add)
{
    private readonly ILookup<string, TermsEntry> _terms = terms.ToLookup(t => t.Id, StringComparer.Ordinal);

    /// <summary>When each plan segment was in force, as far as the facts read so far say; the others were not yet.</summary>
    private readonly Dictionary<TermsEntry, (Instant From, Instant To)> _extents = [];

    private readonly Dictionary<string, SubscriptionPause[]> _pauses = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Life> _lives = new(StringComparer.Ordinal);
    private readonly Dictionary<TermsEntry, (int Through, List<Life> Members)> _subscriptions = [];

    public void ReadTerms(string subscription, Instant start, Instant? end) =>
        _extents[_terms[subscription].First(t => t.Number == 0)] = (start, end ?? Instant.MaxValue);

    /// <summary>Counts again what a change of plan, or a pause, changed.</summary>
    public void Read(TimelineLearned fact, Instant now)
    {
        BeginAll(fact.Subscription, now);
        _pauses[fact.Subscription] = fact.Timeline.Pauses ?? [];
        foreach (var entry in _terms[fact.Subscription])
        {
            var at = Array.FindIndex(fact.Timeline.Segments, s => s.Number == entry.Number);
            _extents[entry] = at < 0
                ? (Instant.MinValue, Instant.MinValue)
                : (fact.Timeline.Segments[at].From, fact.Timeline.EndOf(at) ?? Instant.MaxValue);
        }
        BeginAll(fact.Subscription, now);
        foreach (var life in Counted(fact.Subscription).SelectMany(e => _subscriptions[e].Members).Distinct().ToArray())
        {
            Recount(life, now);
        }
    }

    private IEnumerable<TermsEntry> Counted(string subscription) => _terms[subscription].Where(t => t.Plan.Presences.Count > 0);

    private void BeginAll(string subscription, Instant now)
    {
        foreach (var entry in Counted(subscription))
        {
            Begin(entry, now);
        }
    }

    public void Read(DeviceAssigned fact, Instant now)
    {
        var life = Of(fact.Device);
        foreach (var entry in fact.Subscription is { } id ? Counted(id) : [])
        {
            Begin(entry, now);
            if (!_subscriptions[entry].Members.Contains(life))
            {
                _subscriptions[entry].Members.Add(life);
            }
        }
        life.Assignments.Add((fact.From, fact.Subscription));
        Recount(life, now);
    }

    /// <summary>Counts again what other states of a device change.</summary>
    /// <param name="states">All of them, oldest first.</param>
    public void Read(string device, List<(Instant From, LifecycleState State)> states, Instant now)
    {
        var life = Of(device);
        life.States = states;
        Recount(life, now);
    }

    /// <summary>Counts periods that have begun by then.</summary>
    public void Begin(Instant now)
    {
        foreach (var entry in _subscriptions.Keys.ToArray())
        {
            Begin(entry, now);
        }
    }

    private void Begin(TermsEntry entry, Instant now)
    {
        var last = now + DeviceBook.FutureLimit;
        var (through, members) = _subscriptions.TryGetValue(entry, out var known)
            ? known
            : (entry.Calendar.IndexAt(entry.Start) - 1, []);
        var (from, to) = Extent(entry);
        while (entry.Calendar.Period(through + 1).Start <= last && entry.Calendar.Period(through + 1).Start < to && last >= from)
        {
            through++;
            foreach (var life in members)
            {
                Recount(life, entry, through);
            }
        }
        _subscriptions[entry] = (through, members);
    }

    private void Recount(Life life, Instant now)
    {
        foreach (var (entry, (_, members)) in _subscriptions.ToArray())
        {
            if (members.Contains(life))
            {
                Begin(entry, now);
                for (var period = entry.Calendar.IndexAt(entry.Start); period <= _subscriptions[entry].Through; period++)
                {
                    Recount(life, entry, period);
                }
            }
        }
    }

    private void Recount(Life life, TermsEntry entry, int index)
    {
        var period = entry.Calendar.Period(index);
        foreach (var (key, rule) in entry.Plan.Presences)
        {
            var count = Count(life, entry, rule, period);
            var total = new BucketTotal(count, 0m, count > 0 ? 1 : 0);
            var change = total.Subtract(life.Counted.GetValueOrDefault((entry, index, key)));
            life.Counted[(entry, index, key)] = total;
            if (change != BucketTotal.Zero)
            {
                add(life.Device, entry, index, key, change);
            }
        }
    }

    private (Instant From, Instant To) Extent(TermsEntry entry) =>
        _extents.GetValueOrDefault(entry, (Instant.MaxValue, Instant.MinValue));

    private int Count(Life life, TermsEntry entry, PresenceRule rule, BillingPeriod period)
    {
        var (from, to) = Extent(entry);
        if (rule.Count == PresenceCount.Transitions)
        {
            return life.States.Where((change, i) => change.From >= from && change.From < to && period.Contains(change.From)
                && life.Assignments.LastOrDefault(a => a.From <= change.From).Subscription == entry.Id
                && rule.States.Contains(change.State)
                && rule.FromStates!.Contains(i == 0 ? LifecycleState.Active : life.States[i - 1].State)).Count();
        }
        var present = Present(life, entry, rule, from, to);
        var here = present.Where(p => p.From < period.End && p.To > period.Start).ToList();
        switch (rule.Count)
        {
            case PresenceCount.Devices:
                return here.Count > 0 ? 1 : 0;
            case PresenceCount.Joins:
                return JoinedAt(life, entry, rule) is { } joined && joined >= from && joined < to && period.Contains(joined) ? 1 : 0;
        }
        if (here.Count == 0)
        {
            return 0;
        }
        var days = 0;
        for (var day = period.LocalStart; day < period.LocalEnd; day = day.PlusDays(1))
        {
            var counts = here.Any(p => Day(p.From) <= day && day < Day(p.To))
                || (rule.WholeJoiner && day < Day(here[0].From) && (from == FirstStart(entry) || day >= Day(from)))
                || (rule.WholeLeaver && day >= Day(here[^1].To) && (to == LastEnd(entry) || day < Day(to)));
            days += counts ? 1 : 0;
        }
        return days;

        LocalDate Day(Instant time) =>
            time <= period.Start ? period.LocalStart : time >= period.End ? period.LocalEnd : time.InZone(entry.Zone).Date;
    }

    /// <summary>When the subscription begins, whatever its plan is then.</summary>
    private Instant FirstStart(TermsEntry entry) => _terms[entry.Id].Select(Extent).Where(e => e.From < e.To).Min(e => e.From);

    /// <summary>When the subscription ends, whatever its plan is then.</summary>
    private Instant LastEnd(TermsEntry entry) => _terms[entry.Id].Max(e => Extent(e).To);

    /// <summary>When the device became present in the subscription, whatever its plan was then.</summary>
    private Instant? JoinedAt(Life life, TermsEntry entry, PresenceRule rule) =>
        Present(life, entry, rule, FirstStart(entry), LastEnd(entry)) is [var first, ..]
            ? first.From
            : null;

    /// <summary>Stretches between any two changes in which the device is present.</summary>
    private List<(Instant From, Instant To)> Present(
        Life life, TermsEntry entry, PresenceRule rule, Instant start, Instant end)
    {
        if (start >= end)
        {
            return [];
        }
        var pauses = rule.SkipsPauses ? _pauses.GetValueOrDefault(entry.Id) ?? [] : [];
        Instant[] cuts =
        [
            .. life.Assignments.Select(a => a.From).Concat(life.States.Select(s => s.From)).Append(start).Append(end)
                .Concat(pauses.SelectMany(p => (Instant[])[p.From, p.To ?? Instant.MaxValue]))
                .Where(t => t >= start && t <= end).Distinct().Order(),
        ];
        var present = new List<(Instant From, Instant To)>();
        for (var i = 0; i + 1 < cuts.Length; i++)
        {
            var subscription = life.Assignments.LastOrDefault(a => a.From <= cuts[i]).Subscription;
            var state = life.States.Where(s => s.From <= cuts[i]).Select(s => s.State).LastOrDefault(LifecycleState.Active);
            if (subscription == entry.Id && rule.Holds(state) && !pauses.Any(p => p.From <= cuts[i] && cuts[i] < (p.To ?? Instant.MaxValue)))
            {
                var joined = present.Count > 0 && present[^1].To == cuts[i];
                var from = joined ? present[^1].From : cuts[i];
                if (joined)
                {
                    present.RemoveAt(present.Count - 1);
                }
                present.Add((from, cuts[i + 1]));
            }
        }
        return present;
    }

    private Life Of(string device) => _lives.TryGetValue(device, out var life) ? life : _lives[device] = new(device);

    /// <summary>What the facts said of one device, and what was counted of it.</summary>
    private sealed class Life(string device)
    {
        public string Device { get; } = device;

        public List<(Instant From, string? Subscription)> Assignments { get; } = [];

        public List<(Instant From, LifecycleState State)> States { get; set; } = [];

        public Dictionary<(TermsEntry, int, BucketKey), BucketTotal> Counted { get; } = [];
    }
}
