using NodaTime;
using OrleansBilling.Core.Devices;
using OrleansBilling.Grains.Devices;
using OrleansBilling.Grains.Records;

namespace OrleansBilling.Grains.Auditing;

/// <summary>
/// The states of devices again from the raw facts: those that they were given, and when their usage, or the end of a time, made them active.
/// </summary>
internal sealed class LifecycleRecount
{
    private readonly Dictionary<string, List<Given>> _devices = new(StringComparer.Ordinal);

    public void Read(DeviceStateSet fact)
    {
        if (!_devices.TryGetValue(fact.Device, out var given))
        {
            _devices[fact.Device] = given = [];
        }
        given.Add(new(fact.From, LifecycleStates.TryParse(fact.State, out var state) ? state : LifecycleState.Suspended) { Rules = fact.Rules });
    }

    public void Read(DeviceAssigned fact)
    {
        if (fact.Rules is { } rules)
        {
            _devices[fact.Device][^1].Rules = rules;
        }
    }

    /// <summary>Every state of a device from its first instant on, oldest first.</summary>
    public List<(Instant From, LifecycleState State)> StatesOf(string device)
    {
        var states = new List<(Instant, LifecycleState)>();
        var given = _devices.GetValueOrDefault(device) ?? [];
        for (var i = 0; i < given.Count; i++)
        {
            states.Add((given[i].From, given[i].State));
            if (given[i].ActiveFrom is { } active && (i + 1 == given.Count || active < given[i + 1].From))
            {
                states.Add((active, LifecycleState.Active));
            }
        }
        return states;
    }

    /// <summary>Takes accepted usage of a device in test or ready for activation.</summary>
    /// <returns>Null when the device was active, or is in another state: its usage is nothing special.</returns>
    public Outcome? Use(string device, Instant time, MeterEntry meter, decimal quantity, KeyValuePair<string, string>[] dimensions)
    {
        if (_devices.GetValueOrDefault(device)?.FindLast(g => g.From <= time) is not { } given || !given.State.Activates()
            || given.ActiveFrom <= time)
        {
            return null;
        }
        var before = given.ActiveFrom;
        var used = new Used(time, meter, meter.Definition.Aggregation == "count" ? 1m : quantity, dimensions);
        given.Usage.Add(used);
        // Instant by instant: is everything through it within what is free?
        given.UsedUpAt = given.Usage.Select(u => u.Time).Distinct().Order().Where(through => !given.Usage.TrueForAll(u =>
            u.Time > through || given.Usage.Where(o => o.Meter == u.Meter && o.Time <= through).Sum(o => o.Quantity) <= given.FreeOf(u.Meter)))
            .Select(through => (Instant?)through).FirstOrDefault() ?? given.UsedUpAt;
        var billed = given.Usage.FindAll(u => u.Time >= given.ActiveFrom);
        given.Usage.RemoveAll(billed.Contains);
        return new(!billed.Remove(used), billed, given.ActiveFrom != before);
    }

    /// <param name="IsFree">Whether the event costs nothing.</param>
    /// <param name="NowBilled">Events that were free and are not any more.</param>
    /// <param name="ChangesStates">Whether the device is active from another instant on.</param>
    public sealed record Outcome(bool IsFree, List<Used> NowBilled, bool ChangesStates);

    /// <param name="Quantity">In the meter's unit; 1 for an event that is counted.</param>
    public sealed record Used(Instant Time, MeterEntry Meter, decimal Quantity, KeyValuePair<string, string>[] Dimensions);

    private sealed record Given(Instant From, LifecycleState State)
    {
        public LifecycleRules? Rules { get; set; }

        public Instant? UsedUpAt { get; set; }

        public List<Used> Usage { get; } = [];

        public Instant? ActiveFrom => !State.Activates() ? null
            : Rules?.ActivateAt is { } at && !(UsedUpAt < at) ? at
            : UsedUpAt;

        /// <summary>Below zero for a meter of which nothing is free, not even an event of zero.</summary>
        public decimal FreeOf(MeterEntry meter) => Rules?.Free.FirstOrDefault(f => f.Meter == meter.Definition.Id)?.Quantity ?? -1m;
    }
}
