using OrleansBilling.Contracts.Partitions;
using OrleansBilling.Core.Usage;
using OrleansBilling.Grains.Records;
using OrleansBilling.Grains.Tenants;

namespace OrleansBilling.Grains.Devices;

/// <summary>
/// All devices of a partition and what their usage adds up to. The tables give devices, meters and terms the small
/// numbers
/// that usage records refer to; an entry's number is the order of its record in the log.
/// </summary>
internal sealed partial class DeviceBook(int partitionCount, SliceOutbox outbox)
{
    private readonly List<DeviceState> _devices = [];
    private readonly List<MeterEntry> _meters = [];
    private readonly List<TermsEntry> _terms = [];
    private readonly Dictionary<(TenantCopy, string), DeviceState> _deviceOf = [];
    private readonly Dictionary<(TenantCopy, string), MeterEntry> _meterOf = [];
    private readonly Dictionary<(TenantCopy, string), TermsEntry> _termsOf = [];

    public EventIdIndex EventIds { get; } = new();

    /// <summary>Events in quarantine, by the hash of their identity: where they are in the log, and whose they are.</summary>
    public Dictionary<UInt128, (long Lsn, int Device)> Quarantined { get; } = [];

    public IReadOnlyList<DeviceState> Devices => _devices;

    public IReadOnlyList<MeterEntry> Meters => _meters;

    public IReadOnlyList<TermsEntry> Terms => _terms;

    public DeviceState? Device(TenantCopy tenant, string id) => _deviceOf.GetValueOrDefault((tenant, id));

    public MeterEntry? Meter(TenantCopy tenant, string id) => _meterOf.GetValueOrDefault((tenant, id));

    public TermsEntry? TermsOf(TenantCopy tenant, string subscription) =>
        _termsOf.GetValueOrDefault((tenant, subscription));

    public void Apply(TenantCopy tenant, MeterLearned fact) => Learn(tenant, fact.Meter);

    public void Apply(TenantCopy tenant, TermsLearned fact)
    {
        foreach (var meter in fact.Terms.Meters)
        {
            Learn(tenant, meter);
        }
        var subscription = fact.Terms.Subscription.Id;
        if (!_termsOf.ContainsKey((tenant, subscription)))
        {
            var owner = PartitionMap.Of(EntityKind.Subscription, tenant.Id, subscription, partitionCount);
            var entry = new TermsEntry(_terms.Count, tenant, fact.Terms, owner);
            _terms.Add(entry);
            _termsOf[(tenant, subscription)] = entry;
        }
    }

    public void Apply(TenantCopy tenant, DeviceRegistered fact)
    {
        var device = new DeviceState(_devices.Count, tenant, fact.Device);
        _devices.Add(device);
        _deviceOf[(tenant, fact.Device.Id)] = device;
    }

    public void Apply(TenantCopy tenant, DeviceAssigned fact) =>
        _deviceOf[(tenant, fact.Device)].Assign(
            fact.From.ToUnixTimeTicks(),
            fact.Subscription is null ? null : _termsOf[(tenant, fact.Subscription)]);

    public void Apply(TenantCopy tenant, DeviceStateSet fact) =>
        _deviceOf[(tenant, fact.Device)].SetState(fact.From.ToUnixTimeTicks(), fact.State == DeviceStates.Active);

    /// <summary>Declares a reset; the changed consumption goes where it belongs.</summary>
    public void Apply(TenantCopy tenant, RegisterWasReset fact)
    {
        var device = _deviceOf[(tenant, fact.Device)];
        var meter = _meterOf[(tenant, fact.Reset.Meter)];
        var result = device.Register(meter).DeclareReset(fact.Reset.At, fact.Reset.FinalReading, fact.Reset.StartReading);
        _change.Clear();
        foreach (var change in result.Changes)
        {
            PlaceConsumption(device, meter, change, events: 0);
        }
        Commit(device, meter);
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
