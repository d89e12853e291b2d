using OrleansBilling.Contracts.Common;

namespace OrleansBilling.Contracts.Devices;

/// <summary>What became of one device of a batch.</summary>
/// <param name="Errors">Empty unless refused; pointers are into the device, not the batch.</param>
[GenerateSerializer, Immutable, Alias("billing.device-outcome")]
public sealed record DeviceOutcome([property: Id(0)] CommandOutcome Outcome, [property: Id(1)] CommandError[] Errors)
{
    /// <summary>Whether it is as was asked for, now or from before.</summary>
    public bool Succeeded => Outcome is CommandOutcome.Created or CommandOutcome.Unchanged or CommandOutcome.Updated;
}
