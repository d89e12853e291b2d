using OrleansBilling.Core.Devices;

namespace OrleansBilling.Grains.Devices;

/// <summary>The states of a device: those it was given, and when it became active by itself.</summary>
internal sealed partial class DeviceState
{
    /// <summary>Those it was given, oldest first.</summary>
    public IReadOnlyList<LifecycleStay> Stays => _history is { } history ? history.Stays : [];

    /// <summary>Those it was given and those it came to by itself, oldest first; of two at one instant the last counts.</summary>
    public IReadOnlyList<(long From, LifecycleState State, bool Given)> States => _history?.States ?? [];

    public void SetState(long from, LifecycleState state, LifecycleRules? rules = null)
    {
        (_history ??= new()).Stays.Add(new(from, state) { Rules = rules });
        Settle();
    }

    /// <summary>Gives the newest state rules that it did not have, because the device belonged to nobody.</summary>
    public void SetRules(LifecycleRules rules)
    {
        Stays[^1].Rules = rules;
        Settle();
    }

    /// <summary>What its usage comes to in a state that it was given.</summary>
    public void Use(LifecycleStay stay, long usedUpAt, IReadOnlyList<TestUsage> free)
    {
        (stay.UsedUpAt, stay.Free) = (usedUpAt, free);
        Settle();
    }

    /// <summary>The state that it was given last at an instant; null before the first.</summary>
    public LifecycleStay? StayAt(long unixTicks)
    {
        for (var i = Stays.Count - 1; i >= 0; i--)
        {
            if (Stays[i].From <= unixTicks)
            {
                return Stays[i];
            }
        }
        return null;
    }

    /// <summary>A device is active unless told otherwise.</summary>
    public LifecycleState StateAt(long unixTicks)
    {
        if (_history is { } history)
        {
            for (var i = history.States.Length - 1; i >= 0; i--)
            {
                if (history.States[i].From <= unixTicks)
                {
                    return history.States[i].State;
                }
            }
        }
        return LifecycleState.Active;
    }

    private void Settle() => _history!.States = LifecycleStay.Effective(_history.Stays);
}
