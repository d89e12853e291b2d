using OrleansBilling.Contracts.Partitions;
using OrleansBilling.Grains.Devices;
using OrleansBilling.Grains.Records;

namespace OrleansBilling.Grains.Partitions;

/// <summary>Which usage records stand behind one invoice line.</summary>
internal sealed record LineFilter(TermsEntry Terms, int Charge, int UsagePeriod, int BilledPeriod, long MinTicks, long MaxTicks)
{
    /// <summary>Null when the partition has no usage of that subscription, or the plan no such charge.</summary>
    public static LineFilter? Of(PartitionState state, LineEventsQuery query)
    {
        if (state.Tenant(query.Tenant) is not { } tenant || state.Devices.TermsOf(tenant, query.Subscription) is not { } terms)
        {
            return null;
        }
        terms = query.PlanAt is { } at ? terms.At(at.ToUnixTimeTicks()) : terms;
        var charges = terms.Plan.Definition.Charges;
        for (var i = 0; i < charges.Count; i++)
        {
            if (charges[i].Id == query.Charge)
            {
                var period = terms.Calendar.Period(query.UsagePeriod);
                return new(
                    terms, i, query.UsagePeriod, query.BilledPeriod,
                    period.Start.ToUnixTimeTicks(), period.End.ToUnixTimeTicks() - 1);
            }
        }
        return null;
    }

    public bool Wants(in UsageRecord record) => IsOfPeriod(record) && record.BilledPeriod == BilledPeriod;

    /// <summary>Whether it was used in the line's period, whichever invoice bills it.</summary>
    public bool IsOfPeriod(in UsageRecord record) =>
        record.Quarantine is null && record.UsagePeriod == UsagePeriod && IsOfTerms(record);

    /// <summary>Usage from before a back-dated change names the plan that it was rated by first.</summary>
    private bool IsOfTerms(in UsageRecord record)
    {
        var index = record.Terms;
        return Terms.Timeline is { } timeline
            ? timeline.At(record.Time) == Terms && timeline.Entries.Exists(e => e.Index == index)
            : index == Terms.Index;
    }
}
