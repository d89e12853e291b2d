using System.Globalization;
using OrleansBilling.Cluster.Tests.Chaos.Journals;

namespace OrleansBilling.Cluster.Tests.Chaos.Checking;

/// <summary>What the journal says, put together; and what in it is already wrong by itself.</summary>
internal sealed class Knowledge
{
    private readonly Dictionary<long, BatchSent> _open = [];

    public Dictionary<string, KnownTenant> Tenants { get; } = new(StringComparer.Ordinal);

    /// <summary>Answers that contradict each other, and what no client may ever be told.</summary>
    public List<string> Contradictions { get; } = [];

    public static Knowledge Of(IEnumerable<JournalEntry> entries)
    {
        var knowledge = new Knowledge();
        foreach (var entry in entries)
        {
            knowledge.Take(entry);
        }

        return knowledge;
    }

    private void Take(JournalEntry entry)
    {
        switch (entry)
        {
            case TenantCreated created:
                Tenants.Add(created.Tenant, new());
                break;
            case PlanPublished plan:
                Tenants[plan.Tenant].Plans[(plan.Plan.Id, plan.Version)] = plan.Plan;
                break;
            case SubscriptionCreated subscription:
                Tenants[subscription.Tenant].Subscriptions.Add(subscription.Id, subscription);
                break;
            case SubscriptionChanged change:
                Change(Tenants[change.Tenant], change);
                break;
            case ChangeWithdrawn withdrawn:
                Tenants[withdrawn.Tenant].Changes[withdrawn.Subscription].RemoveAll(change => change.Change == withdrawn.Change);
                break;
            case DeviceAssigned assigned:
                Assign(Tenants[assigned.Tenant], assigned);
                break;
            case InvoiceSeen seen:
                Tenants[seen.Tenant].InvoicesSeen[seen.Id] = seen.Body;
                break;
            case BatchSent sent:
                Send(sent);
                break;
            case BatchAnswered answered:
                Answer(_open[answered.Batch], answered);
                break;
            case Surprise surprise:
                Contradictions.Add(surprise.Text);
                break;
            default:
                break;
        }
    }

    private void Change(KnownTenant tenant, SubscriptionChanged change)
    {
        if (!tenant.Changes.TryGetValue(change.Subscription, out var all))
        {
            tenant.Changes[change.Subscription] = all = [];
        }

        if (all.Count > 0 && change.From <= all[^1].From)
        {
            Contradictions.Add($"{change.Tenant}: change {change.Change} of {change.Subscription} at {change.From:O} "
                + $"was promised although {all[^1].Change} begins at {all[^1].From:O}");
        }

        all.Add(change);
    }

    private static void Assign(KnownTenant tenant, DeviceAssigned assigned)
    {
        if (!tenant.Assignments.TryGetValue(assigned.Device, out var all))
        {
            tenant.Assignments[assigned.Device] = all = [];
        }

        all.Add(assigned);
    }

    private void Send(BatchSent sent)
    {
        _open[sent.Batch] = sent;
        if (sent.Purpose == BatchPurpose.Usage)
        {
            foreach (var e in sent.Events)
            {
                var value = decimal.Parse(e.Value, NumberStyles.Number, CultureInfo.InvariantCulture);
                Tenants[sent.Tenant].Events.Add((e.Device, e.Id), new KnownEvent(e.Time, value));
            }
        }
    }

    private void Answer(BatchSent sent, BatchAnswered answered)
    {
        var events = Tenants[sent.Tenant].Events;
        var reasons = 0;
        for (var i = 0; i < sent.Events.Length; i++)
        {
            var (e, letter) = (sent.Events[i], answered.Answers[i]);
            var reason = EventAnswer.HasReason(letter) ? answered.Reasons![reasons++] : null;
            var wrong = sent.Purpose != BatchPurpose.Conflict ? events[(e.Device, e.Id)].Take(letter, reason)
                : letter == EventAnswer.Conflict ? null : $"with other content was answered '{letter}' instead of a conflict";
            if (wrong is not null)
            {
                Contradictions.Add($"{sent.Tenant}: event {e.Id} of {e.Device} at {e.Time:O} {wrong} (batch {sent.Batch})");
            }
        }
    }
}
