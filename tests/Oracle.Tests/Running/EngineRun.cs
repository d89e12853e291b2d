using NodaTime;
using NodaTime.Text;
using OrleansBilling.Contracts.Partitions;
using OrleansBilling.Contracts.Pricing;
using OrleansBilling.Contracts.Subscriptions;
using OrleansBilling.Contracts.Usage;
using OrleansBilling.Core.Devices;
using OrleansBilling.Core.Periods;
using OrleansBilling.Core.Pricing;
using OrleansBilling.Core.Subscriptions;
using OrleansBilling.Core.Usage;
using OrleansBilling.Grains.Records;
using OrleansBilling.Grains.Subscriptions;
using OrleansBilling.Oracle.Generation;
using OrleansBilling.Oracle.Pricing;

namespace OrleansBilling.Oracle.Running;

/// <summary>
/// Bills a case with the product's own partitions: facts, decisions on usage, slices, seals, closing. Only Orleans and the disk are
/// left out. Every on-time event comes before the first seal, every late one after the last period of the case is closed, so that
/// one more period bills it. With a seed, what was used before the first change of the subscription comes before that is decided.
/// </summary>
internal sealed class EngineRun
{
    private const string Subscription = "s";
    private static readonly Duration Far = Duration.FromDays(4_000);
    private readonly Case _given;
    private readonly Delivery _delivery;
    private readonly EnginePartition[] _partitions;
    private readonly BillingCalendar _calendar;

    internal EngineRun(Case given, Delivery delivery)
    {
        (_given, _delivery) = (given, delivery);
        _partitions = [.. Enumerable.Range(0, delivery.Partitions).Select(p => new EnginePartition(p, delivery.Partitions, delivery.IsAudited))];
        _calendar = new(given.Zone, given.Anchor, given.Plan.Cycle);
    }

    /// <summary>Why events were kept back, by their ids.</summary>
    internal Dictionary<string, string?> Reasons { get; } = [];

    /// <summary>What the audit found; nothing where it was not asked.</summary>
    internal List<string> Findings { get; } = [];

    /// <summary>The statements of all periods of the case and of one more.</summary>
    internal IReadOnlyList<PeriodStatement> Bill()
    {
        Begin();
        AddDevices();
        var change = _delivery.Seed is null ? Instant.MinValue : EngineTimeline.FirstChange(_given);
        Send(_given.Events.Where(e => !e.Late && e.Time < change));
        Change();
        Send(_given.Events.Where(e => !e.Late && e.Time >= change));
        var statements = new List<PeriodStatement>();
        for (var index = _given.FirstPeriod; index <= _given.FirstPeriod + _given.Periods; index++)
        {
            if (index == _given.FirstPeriod + _given.Periods)
            {
                Send(_given.Events.Where(e => e.Late));
            }

            if (_delivery.Restarts)
            {
                Restart(fromSnapshot: index % 2 == 0);
            }

            statements.Add(Close(index));
        }

        if (_delivery.IsAudited)
        {
            Audit(statements);
        }

        return statements;
    }

    private SubscriptionState Owned => Owner.State.Subscriptions.Find(Owner.Tenant, Subscription)!;

    private EnginePartition Owner =>
        _partitions[PartitionMap.Of(EntityKind.Subscription, EnginePartition.TenantId, Subscription, _partitions.Length)];

    /// <summary>Plans, meters and the subscription as it is created.</summary>
    private void Begin()
    {
        var timeline = EngineTimeline.AsCreated(_given, _calendar);
        var first = _given.Taken[0];
        var view = new SubscriptionView(
            Subscription, "c", first.Plan.Id, 1, first.Plan.Currency, _given.Start,
            _given.End == Instant.MaxValue || _given.IsCancelled ? null : _given.End, _given.Zone.Id,
            LocalDatePattern.Iso.Format(_given.Anchor));
        PlanTerms[] plans = [.. _given.Taken.Select((t, i) => Terms(t, i + 1))];
        var variant = timeline.Segments[0].Variant;
        foreach (var partition in _partitions)
        {
            partition.Begin(_given.Start - Duration.FromDays(1));
            partition.AppendAll(plans.Select(plan => new PlanLearned(EnginePartition.TenantId, plan.Plan, plan.Meters)));
            partition.AppendAll(_given.Meters.Values.Select(meter => new MeterLearned(EnginePartition.TenantId, meter)));
            partition.Append(new SubscriptionLearned(
                EnginePartition.TenantId, Subscription, view.Plan, 1, view.Start, view.End, view.TimeZone, view.AnchorDate, variant));
            if (EngineTimeline.IsTold(timeline))
            {
                partition.Append(new TimelineLearned(EnginePartition.TenantId, Subscription, timeline, null));
            }
        }

        var spec = new SubscriptionSpec(
            Subscription, "c", view.Plan, 1, view.Start, view.End, view.TimeZone, view.AnchorDate, first.Agreed, first.WithTrial);
        var told = new SubscriptionTimeline(timeline, plans, null);
        Owner.Append(new SubscriptionCreated(EnginePartition.TenantId, spec, new(view, plans[0].Plan, plans[0].Meters, told, variant)));
    }

    /// <summary>All that is decided after the creation.</summary>
    private void Change()
    {
        if (EngineTimeline.FirstChange(_given) == Instant.MaxValue)
        {
            return;
        }

        var timeline = EngineTimeline.Of(_given, _calendar) with { Revision = 2 };
        foreach (var partition in _partitions)
        {
            partition.Append(new TimelineLearned(EnginePartition.TenantId, Subscription, timeline, null));
        }

        Owner.Append(new SubscriptionHistoryHeld(EnginePartition.TenantId, Subscription, EngineTimeline.History(_given, timeline)));
    }

    private PlanTerms Terms(PlanTaken taken, int version) => new(
        new PlanView(taken.Plan.Id, version, _given.Start, taken.Plan, taken.Agreed),
        [.. taken.Plan.Charges.Select(c => c.Meter).OfType<string>().Distinct().Select(m => _given.Meters[m])]);

    private void AddDevices()
    {
        foreach (var device in _given.Devices)
        {
            var partition = PartitionOf(device.Id);
            partition.Append(new DeviceRegistered(EnginePartition.TenantId, new(device.Id, null, null, null)));
            var state = LifecycleState.Active;
            Instant? until = null;
            foreach (var (from, to, now) in device.History)
            {
                if (until is { } left && left < from)
                {
                    partition.Append(new DeviceAssigned(EnginePartition.TenantId, device.Id, null, left));
                }

                if (until != from)
                {
                    partition.Append(new DeviceAssigned(EnginePartition.TenantId, device.Id, Subscription, from));
                }

                if (now != state)
                {
                    partition.Append(new DeviceStateSet(EnginePartition.TenantId, device.Id, LifecycleStates.Word(now), from));
                }

                (state, until) = (now, to);
            }

            if (until is { } last && last < _given.End)
            {
                partition.Append(new DeviceAssigned(EnginePartition.TenantId, device.Id, null, last));
            }
        }
    }

    private EnginePartition PartitionOf(string device) => _partitions[(device[^1] - '0') % _partitions.Length];

    /// <summary>In an order, in batches and with repetitions of its own, which must not matter.</summary>
    private void Send(IEnumerable<OracleEvent> events)
    {
        foreach (var batch in _delivery.Batches([.. events]))
        {
            foreach (var e in batch)
            {
                var result = PartitionOf(e.Device).Report(ToUsage(e), _given.Start + Far);
                if (result.Status is UsageStatus.Duplicate)
                {
                    continue;
                }

                Reasons[e.Id] = result.Status is UsageStatus.Accepted or UsageStatus.Late ? null : result.Code ?? $"{result.Status}";
            }

            Deliver();
        }
    }

    private static UsageEvent ToUsage(OracleEvent e) => new()
    {
        Id = e.Id, Device = e.Device, Meter = e.Meter, UnixTicks = e.Time.ToUnixTimeTicks(), Value = e.Value,
        Dimensions = [.. e.Sent],
    };

    private void Deliver()
    {
        foreach (var partition in _partitions)
        {
            partition.DeliverTo(Owner);
        }
    }

    private void Restart(bool fromSnapshot)
    {
        foreach (var partition in _partitions)
        {
            partition.Restart(fromSnapshot);
        }

        foreach (var partition in _partitions)
        {
            partition.DeliverAllTo(Owner);
        }
    }

    private PeriodStatement Close(int index)
    {
        var period = _calendar.Period(index);
        foreach (var partition in _partitions)
        {
            partition.Seal(period.End);
        }

        Deliver();
        var statement = Statement(Owned, period, Owned.Totals());
        Owner.Append(new PeriodClosed(statement));
        return statement;
    }

    private static PeriodStatement Statement(SubscriptionState subscription, BillingPeriod period, PeriodTotals totals) => new(
        EnginePartition.TenantId, Subscription, "c", period.Index, period.Start, period.End,
        StatementLines.Of(subscription, period.Index, totals));

    private void Audit(List<PeriodStatement> statements)
    {
        var totals = new PeriodTotals();
        foreach (var partition in _partitions)
        {
            foreach (var slice in partition.Recount(Findings))
            {
                totals.Add(
                    slice.UsagePeriod, slice.BilledPeriod, slice.Segment, slice.Buckets, slice.Aggregates, partition.Number, slice.Corrected);
            }
        }

        foreach (var statement in statements)
        {
            var again = Statement(Owned, _calendar.Period(statement.Period), totals);
            if (BillText.Of(again.Lines) is var text && text != BillText.Of(statement.Lines))
            {
                Findings.Add($"Period {statement.Period} is audited as {text}, and was {BillText.Of(statement.Lines)}");
            }
        }
    }
}
