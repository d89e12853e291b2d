using NodaTime;
using OrleansBilling.Contracts.Devices;
using OrleansBilling.Core.Devices;
using OrleansBilling.Core.Rating;
using OrleansBilling.Core.Usage;
using OrleansBilling.Grains.Tenants;

namespace OrleansBilling.Grains.Devices;

/// <summary>
/// Compact record of one device in its partition's memory; a grain is a thin shell around it. What nearly every device
/// has lies in fields, what few have behind <see cref="DeviceHistory"/>: there are millions of them.
/// </summary>
internal sealed partial class DeviceState(int index, TenantCopy tenant, string id, SpecShape shape, DeviceSpec? ownSpec) : ITenantEntity
{
    private DeviceUsageTotal[] _usage = [];
    private DeviceSpec? _ownSpec = ownSpec;
    private DeviceHistory? _history;
    private TermsEntry? _firstTerms;
    private long _firstFrom;
    private bool _assigned;

    /// <summary>A device that was just registered.</summary>
    public DeviceState(int index, TenantCopy tenant, DeviceSpec spec)
        : this(index, tenant, spec.Id, SpecShape.Own, spec)
    {
        if (spec is { Name: null, Subscription: null, From: null, State: null })
        {
            (Shape, _ownSpec) = (SpecShape.OnlyId, null);
        }
    }

    public int Index { get; } = index;

    public TenantCopy Tenant { get; } = tenant;

    /// <summary>Whether it stands for an identifier: it keeps whose it is, and usage that came while it was nobody's.</summary>
    public bool IsIdentifier { get; } = DeviceIdentifier.IsKey(id);

    /// <summary>Of an identifier: whose it is, in the order in which it was told.</summary>
    public IReadOnlyList<IdentifierOwner> Owners => _history?.Owners ?? [];

    /// <summary>Of a device: its identifiers, in the order in which they were told; usage records name them by their place.</summary>
    public IReadOnlyList<OwnedIdentifier> Identifiers => _history?.Identifiers ?? [];

    public int IdPlace { get; } = tenant.Ids.Add(id);

    /// <summary>Made anew each time.</summary>
    public string Id => Tenant.Ids.Get(IdPlace);

    public string? Name => _ownSpec?.Name;

    public SpecShape Shape { get; private set; } = shape;

    /// <summary>As it was registered, to tell a repeat from a conflict.</summary>
    public DeviceSpec Spec => Shape switch
    {
        SpecShape.FirstSubscription => new(Id, null, _firstTerms!.Id, null),
        SpecShape.FirstSubscriptionAndTime => new(Id, null, _firstTerms!.Id, Instant.FromUnixTimeTicks(_firstFrom)),
        SpecShape.OnlyId => new(Id, null, null, null),
        _ => _ownSpec!,
    };

    /// <summary>Unix ticks of the newest usage accepted; a change may not begin before or at it.</summary>
    public long NewestUsage { get; private set; } = long.MinValue;

    /// <summary>Unix ticks of the newest usage or declared reset that counted something; the smallest number when there is none.</summary>
    public long NewestCounted => Math.Max(NewestUsage, Registers.Max(register => (long?)NewestReset(register.History)) ?? long.MinValue);

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<(long From, TermsEntry? Terms)> Assignments =>
        _assigned ? [(_firstFrom, _firstTerms), .. _history?.Assignments ?? []] : [];

    public IReadOnlyList<DeviceUsageTotal> Usage => _usage;

    public IReadOnlyList<(int Meter, RegisterHistory History)> Registers => _history?.Registers ?? [];

    public IReadOnlyList<(DeviceBucket Place, Aggregate Aggregate)> Aggregates => _history?.Aggregates ?? [];

    public IReadOnlyList<LevelSet> Levels => _history?.Levels ?? [];

    /// <summary>The levels of a meter; null when there are none.</summary>
    public LevelSet? LevelsOf(MeterEntry meter) => _history?.Levels?.Find(set => set.Meter == meter);

    public void AddLevels(LevelSet set) => ((_history ??= new()).Levels ??= []).Add(set);

    public IReadOnlyList<SessionSet> Sessions => _history?.Sessions ?? [];

    /// <summary>The sessions of a meter; null when there are none.</summary>
    public SessionSet? SessionsOf(MeterEntry meter) => _history?.Sessions?.Find(set => set.Meter == meter);

    public void SetSession(MeterEntry meter, string id, Core.Usage.SessionHistory session)
    {
        var set = SessionsOf(meter);
        if (set is null)
        {
            ((_history ??= new()).Sessions ??= []).Add(set = new(meter));
        }
        set.Set(id, session);
    }

    /// <summary>What the device's usage of a bucket merges to; null when there is none.</summary>
    public Aggregate? Aggregate(in DeviceBucket place) =>
        IndexOf(place) is var at and >= 0 ? _history!.Aggregates![at].Aggregate : null;

    public void SetAggregate(in DeviceBucket place, Aggregate aggregate)
    {
        if (IndexOf(place) is var at and >= 0)
        {
            _history!.Aggregates![at] = (place, aggregate);
        }
        else
        {
            ((_history ??= new()).Aggregates ??= []).Add((place, aggregate));
        }
    }

    /// <summary>Forgets an aggregate, because a correction left nothing of it.</summary>
    public void DropAggregate(DeviceBucket place) => _history?.Aggregates?.RemoveAll(a => a.Place == place);

    /// <summary>Takes aggregates out.</summary>
    public (DeviceBucket Place, Aggregate Aggregate)[] TakeAggregates(Predicate<DeviceBucket> which)
    {
        if (_history?.Aggregates is not { } all || all.FindAll(a => which(a.Place)) is not { Count: > 0 } taken)
        {
            return [];
        }
        all.RemoveAll(a => which(a.Place));
        return [.. taken];
    }

    /// <summary>Makes totals of a period another segment's.</summary>
    /// <param name="quantity">Of a meter, from the sum of what is moved.</param>
    public void MoveUsage(int period, HashSet<int> from, int to, Func<int, decimal, decimal> quantity)
    {
        var moved = _usage.Where(u => u.Period == period && from.Contains(u.Terms)).ToArray();
        _usage = [.. _usage.Except(moved)];
        foreach (var meter in moved.GroupBy(u => u.Meter))
        {
            Count(to, period, meter.Key, quantity(meter.Key, meter.Sum(u => u.Quantity)), meter.Sum(u => u.Events), meter.Sum(u => u.Late));
        }
    }

    public void SetOwner(IdentifierOwner owner)
    {
        var owners = (_history ??= new()).Owners ??= [];
        if (owner.Number < owners.Count)
        {
            owners[owner.Number] = owner;
        }
        else
        {
            owners.Add(owner);
        }
    }

    public void AddIdentifier(OwnedIdentifier identifier) => ((_history ??= new()).Identifiers ??= []).Add(identifier);

    public void Assign(long from, TermsEntry? terms)
    {
        if (_assigned)
        {
            (_history ??= new()).Assignments.Add((from, terms));
            return;
        }
        (_assigned, _firstFrom, _firstTerms) = (true, from, terms);
        DropImpliedSpec();
    }

    /// <summary>Whose usage an instant is; null for nobody's.</summary>
    public TermsEntry? AssignedAt(long unixTicks)
    {
        if (_history is { } history)
        {
            for (var i = history.Assignments.Count - 1; i >= 0; i--)
            {
                if (history.Assignments[i].From <= unixTicks)
                {
                    return history.Assignments[i].Terms;
                }
            }
        }
        return _assigned && _firstFrom <= unixTicks ? _firstTerms : null;
    }

    public RegisterHistory Register(MeterEntry meter)
    {
        var registers = (_history ??= new()).Registers;
        foreach (var (known, history) in registers)
        {
            if (known == meter.Index)
            {
                return history;
            }
        }
        var added = new RegisterHistory(meter.Definition.Cumulative!);
        registers.Add((meter.Index, added));
        return added;
    }

    public void RestoreRegister(int meter, RegisterHistory history)
    {
        var registers = (_history ??= new()).Registers;
        var at = registers.FindIndex(r => r.Meter == meter);
        if (at < 0)
        {
            registers.Add((meter, history));
        }
        else
        {
            registers[at] = (meter, history);
        }
    }

    private static long NewestReset(RegisterHistory history)
    {
        for (var i = history.Readings.Count - 1; i >= 0; i--)
        {
            var reading = history.Readings[i];
            if (reading.RestartAt is not null && history.ConsumptionAt(reading.Time) != 0m)
            {
                return reading.Time.ToUnixTimeTicks();
            }
        }
        return long.MinValue;
    }

    public void Saw(long unixTicks) => NewestUsage = Math.Max(NewestUsage, unixTicks);

    public void Count(int terms, int period, int meter, decimal quantity, int events, int late)
    {
        for (var i = _usage.Length - 1; i >= 0; i--)
        {
            if (_usage[i].Period == period && _usage[i].Terms == terms && _usage[i].Meter == meter)
            {
                _usage[i] = _usage[i].Plus(quantity, events, late);
                return;
            }
        }
        Restore([.. _usage, new(terms, period, meter, events, late, quantity)]);
    }

    /// <summary>Sets all of its totals, as <see cref="Usage"/> gave them.</summary>
    public void Restore(DeviceUsageTotal[] usage) => _usage = usage;

    private int IndexOf(DeviceBucket place)
    {
        // Usage mostly belongs to the newest period.
        for (var i = (_history?.Aggregates?.Count ?? 0) - 1; i >= 0; i--)
        {
            if (_history!.Aggregates![i].Place == place)
            {
                return i;
            }
        }
        return -1;
    }

    /// <summary>Most devices are registered with a subscription and nothing else: the assignment says it all.</summary>
    private void DropImpliedSpec()
    {
        if (_ownSpec is { Name: null, State: null } spec && _firstTerms is { } terms && spec.Subscription == terms.Id
            && (spec.From is null || spec.From == Instant.FromUnixTimeTicks(_firstFrom)))
        {
            (Shape, _ownSpec) =
                (spec.From is null ? SpecShape.FirstSubscription : SpecShape.FirstSubscriptionAndTime, null);
        }
    }
}
