using OrleansBilling.Contracts.Devices;
using OrleansBilling.Core.Devices;
using OrleansBilling.Core.Rating;
using OrleansBilling.Core.Usage;

namespace OrleansBilling.Grains.Devices;

/// <summary>What happened to a device that was moved or suspended, or that has registers or usage that is merged.</summary>
internal sealed class DeviceHistory
{
    /// <summary>The second and later assignments, oldest first.</summary>
    public List<(long From, TermsEntry? Terms)> Assignments { get; } = [];

    public List<LifecycleStay> Stays { get; } = [];

    /// <summary>As they follow from <see cref="Stays"/>.</summary>
    public (long From, LifecycleState State, bool Given)[] States { get; set; } = [];

    /// <summary>Of an identifier: whose it is; null when it is no identifier.</summary>
    public List<IdentifierOwner>? Owners { get; set; }

    /// <summary>Of a device: the identifiers that it has or had; null when there are none.</summary>
    public List<OwnedIdentifier>? Identifiers { get; set; }

    /// <summary>By the meter's table number, in the order of their first readings.</summary>
    public List<(int Meter, RegisterHistory History)> Registers { get; } = [];

    /// <summary>Of level meters, in the order of their first records; null when there are none.</summary>
    public List<LevelSet>? Levels { get; set; }

    /// <summary>Of meters of sessions, in the order of their first records; null when there are none.</summary>
    public List<SessionSet>? Sessions { get; set; }

    /// <summary>In the order of their first events; null when nothing is merged. Never dropped: late usage may come to every
    /// one of them.</summary>
    public List<(DeviceBucket Place, Aggregate Aggregate)>? Aggregates { get; set; }
}
