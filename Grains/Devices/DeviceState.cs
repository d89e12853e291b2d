using System.Runtime.InteropServices;
using OrleansBilling.Contracts.Devices;
using OrleansBilling.Core.Usage;
using OrleansBilling.Grains.Tenants;

namespace OrleansBilling.Grains.Devices;

/// <summary>Compact record of one device in its partition's memory; a grain is a thin shell around it.</summary>
internal sealed class DeviceState(int index, TenantCopy tenant, DeviceSpec spec)
{
    private readonly List<DeviceUsageTotal> _usage = [];
    private List<(long From, TermsEntry? Terms)> _assignments = [];
    private List<(long From, bool Active)> _states = [];
    private Dictionary<int, RegisterHistory>? _registers;

    public int Index { get; } = index;

    public TenantCopy Tenant { get; } = tenant;

    public DeviceSpec Spec { get; } = spec;

    /// <summary>Unix ticks of the newest usage accepted; a change may not begin before or at it.</summary>
    public long NewestUsage { get; private set; } = long.MinValue;

    public IReadOnlyList<(long From, TermsEntry? Terms)> Assignments => _assignments;

    public IReadOnlyList<(long From, bool Active)> States => _states;

    public IReadOnlyList<DeviceUsageTotal> Usage => _usage;

    public IEnumerable<KeyValuePair<int, RegisterHistory>> Registers => _registers ?? [];

    public void Assign(long from, TermsEntry? terms) => _assignments.Add((from, terms));

    public void SetState(long from, bool active) => _states.Add((from, active));

    /// <summary>Whose usage an instant is; null for nobody's.</summary>
    public TermsEntry? AssignedAt(long unixTicks)
    {
        for (var i = _assignments.Count - 1; i >= 0; i--)
        {
            if (_assignments[i].From <= unixTicks)
            {
                return _assignments[i].Terms;
            }
        }
        return null;
    }

    /// <summary>A device is active unless told otherwise.</summary>
    public bool ActiveAt(long unixTicks)
    {
        for (var i = _states.Count - 1; i >= 0; i--)
        {
            if (_states[i].From <= unixTicks)
            {
                return _states[i].Active;
            }
        }
        return true;
    }

    public RegisterHistory Register(MeterEntry meter)
    {
        _registers ??= [];
        if (!_registers.TryGetValue(meter.Index, out var history))
        {
            _registers[meter.Index] = history = new(meter.Definition.Cumulative!);
        }
        return history;
    }

    public void RestoreRegister(int meter, RegisterHistory history) => (_registers ??= [])[meter] = history;

    public void Saw(long unixTicks) => NewestUsage = Math.Max(NewestUsage, unixTicks);

    public void Count(int terms, int period, int meter, decimal quantity, int events, int late)
    {
        var totals = CollectionsMarshal.AsSpan(_usage);
        for (var i = totals.Length - 1; i >= 0; i--)
        {
            if (totals[i].Period == period && totals[i].Terms == terms && totals[i].Meter == meter)
            {
                totals[i] = totals[i].Plus(quantity, events, late);
                return;
            }
        }
        _usage.Add(new(terms, period, meter, quantity, events, late));
    }
}
