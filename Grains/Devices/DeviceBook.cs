using NodaTime;
using OrleansBilling.Contracts.Partitions;
using OrleansBilling.Core.Devices;
using OrleansBilling.Core.Usage;
using OrleansBilling.Grains.Pricing;
using OrleansBilling.Grains.Records;
using OrleansBilling.Grains.Subscriptions;
using OrleansBilling.Grains.Tenants;

namespace OrleansBilling.Grains.Devices;

/// <summary>
/// All devices of a partition and what their usage adds up to. The tables give devices, meters and terms the small
/// numbers that usage records refer to; an entry's number is the order of its record in the log.
/// </summary>
internal sealed partial class DeviceBook
{
    private readonly int _partitionCount;
    private readonly SliceOutbox _outbox;
    private readonly PlanTable _plans;
    private readonly CalendarTable _calendars;
    private readonly List<DeviceState> _devices = [];
    private readonly List<MeterEntry> _meters = [];
    private readonly List<TermsEntry> _terms = [];
    private readonly IdIndex<DeviceState> _deviceOf;
    private readonly IdIndex<TermsEntry> _termsOf;
    private readonly Dictionary<(TenantCopy, string), MeterEntry> _meterOf = [];

    public DeviceBook(int partitionCount, SliceOutbox outbox, PlanTable plans, CalendarTable calendars)
    {
        _partitionCount = partitionCount;
        _outbox = outbox;
        _plans = plans;
        _calendars = calendars;
        _deviceOf = new(_devices);
        _termsOf = new(_terms);
    }

    public EventIdIndex EventIds { get; } = new();

    /// <summary>Events in quarantine, by the hash of their identity: where they are in the log, and whose they are.</summary>
    public Dictionary<UInt128, (long Lsn, int Device)> Quarantined { get; } = [];

    public IReadOnlyList<DeviceState> Devices => _devices;

    public IReadOnlyList<MeterEntry> Meters => _meters;

    public IReadOnlyList<TermsEntry> Terms => _terms;

    public DeviceState? Device(TenantCopy tenant, string id) => _deviceOf.Find(tenant, id);

    public MeterEntry? Meter(TenantCopy tenant, string id) => _meterOf.GetValueOrDefault((tenant, id));

    public TermsEntry? TermsOf(TenantCopy tenant, string subscription) => _termsOf.Find(tenant, subscription);

    public void Apply(TenantCopy tenant, MeterLearned fact) => Learn(tenant, fact.Meter);

    /// <summary>Terms as earlier versions of this program logged them, each with a copy of its plan.</summary>
    public void Apply(TenantCopy tenant, TermsLearned fact)
    {
        var subscription = fact.Terms.Subscription;
        Learn(
            tenant, _plans.Learn(tenant, fact.Terms.Plan, fact.Terms.Meters), subscription.Id, subscription.Start,
            subscription.End, subscription.TimeZone, subscription.AnchorDate);
    }

    public void Apply(TenantCopy tenant, SubscriptionLearned fact) => Learn(
        tenant, _plans.Get(tenant, fact.Plan, fact.PlanVersion, fact.Variant), fact.Id, fact.Start, fact.End, fact.TimeZone,
        fact.AnchorDate);

    public void Apply(TenantCopy tenant, DeviceRegistered fact) => Add(new(_devices.Count, tenant, fact.Device));

    public void Apply(TenantCopy tenant, DeviceAssigned fact)
    {
        var device = Known(tenant, fact.Device);
        var (from, terms) = (
            fact.From.ToUnixTimeTicks(), fact.Subscription is null ? null : KnownTerms(tenant, fact.Subscription));
        ChangePresence(device, terms, from, () =>
        {
            Assign(device, from, terms);
            if (fact.Rules is { } rules)
            {
                device.SetRules(rules);
            }
        });
    }

    public void Apply(TenantCopy tenant, DeviceStateSet fact)
    {
        var device = Known(tenant, fact.Device);
        var from = fact.From.ToUnixTimeTicks();
        var state = LifecycleStates.TryParse(fact.State, out var known)
            ? known
            : throw new InvalidDataException($"A fact names the state '{fact.State}', which is not known.");
        ChangePresence(device, null, from, () => device.SetState(from, state, fact.Rules));
    }

    /// <summary>Declares a reset; the changed consumption goes where it belongs.</summary>
    public void Apply(TenantCopy tenant, RegisterWasReset fact)
    {
        var device = Known(tenant, fact.Device);
        var meter = _meterOf[(tenant, fact.Reset.Meter)];
        var result = device.Register(meter).DeclareReset(fact.Reset.At, fact.Reset.FinalReading, fact.Reset.StartReading);
        _change.Clear();
        foreach (var change in result.Changes)
        {
            // Nothing needs no price: logs of before resets were judged hold such facts.
            if (PlaceConsumption(device, meter, change, events: 0) is { } reason && !change.IsNothing)
            {
                throw new InvalidDataException(
                    $"Register of device '{device.Id}' changed by {change.NewDelta} at {change.Time}, which cannot be rated: {reason}.");
            }
        }
        Commit(device, meter);
    }

    private DeviceState Known(TenantCopy tenant, string id) =>
        Device(tenant, id) ?? throw new InvalidDataException($"A fact names the device '{id}', which is not known.");

    private TermsEntry KnownTerms(TenantCopy tenant, string id) =>
        TermsOf(tenant, id) ?? throw new InvalidDataException($"A fact names the subscription '{id}', which is not known.");

    private void Add(DeviceState device)
    {
        _devices.Add(device);
        _deviceOf.AddNewest();
    }

    private void Learn(
        TenantCopy tenant, PlanEntry plan, string subscription, Instant start, Instant? end, string timeZone, string anchorDate)
    {
        foreach (var meter in plan.Meters)
        {
            Learn(tenant, meter);
        }
        if (TermsOf(tenant, subscription) is null)
        {
            AddTerms(new(
                _terms.Count, subscription, plan, _calendars.Of(timeZone, anchorDate, plan.View.Definition.Cycle), start, end,
                PartitionMap.Of(EntityKind.Subscription, tenant.Id, subscription, _partitionCount)));
            _termsOf.AddNewest();
        }
    }

    private void AddTerms(TermsEntry terms)
    {
        _terms.Add(terms);
        if (terms.Members is not null)
        {
            _counted.Add(terms);
        }
    }

    private void Learn(TenantCopy tenant, MeterDefinition meter)
    {
        if (!_meterOf.ContainsKey((tenant, meter.Id)))
        {
            var entry = new MeterEntry(_meters.Count, tenant, meter);
            _meters.Add(entry);
            _meterOf[(tenant, meter.Id)] = entry;
        }
    }
}
