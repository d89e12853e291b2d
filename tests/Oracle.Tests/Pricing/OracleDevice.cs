using NodaTime;
using OrleansBilling.Core.Devices;

namespace OrleansBilling.Oracle.Pricing;

/// <summary>A device: when it belonged to the subscription in which state, in order and without overlaps; a gap is a time in which it
/// belonged to another one. An end may be <see cref="Instant.MaxValue"/>.</summary>
internal sealed record OracleDevice(string Id, IReadOnlyList<(Instant From, Instant To, LifecycleState State)> History)
{
    /// <summary>The state at an instant; null while it belongs to another subscription.</summary>
    internal LifecycleState? At(Instant time) =>
        History.Where(h => h.From <= time && time < h.To).Select(h => (LifecycleState?)h.State).SingleOrDefault();

    /// <summary>Every change of state that is told, with the state before: active until it is told otherwise.</summary>
    internal IEnumerable<(Instant At, LifecycleState Before, LifecycleState After)> Changes()
    {
        var before = LifecycleState.Active;
        foreach (var (from, _, state) in History.Where(h => h.From < h.To))
        {
            if (state != before)
            {
                yield return (from, before, state);
            }

            before = state;
        }
    }
}
