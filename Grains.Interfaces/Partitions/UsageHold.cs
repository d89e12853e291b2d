using NodaTime;

namespace OrleansBilling.Contracts.Partitions;

/// <summary>Asks a partition to rate no usage of a subscription from an instant on before a change is decided.</summary>
/// <param name="Change">Names the change; asking again for the same one is answered in the same way.</param>
/// <param name="Revision">Of the timeline that the change begins with; a partition that knows a newer one is not concerned.</param>
/// <param name="From">The instant.</param>
/// <param name="Exactly">Whether a later instant is of no use: then nothing is held when usage is rated already.</param>
/// <param name="Backdated">Whether usage that is rated already will be rated again: then it is held from the instant whatever is
/// rated.</param>
[GenerateSerializer, Immutable, Alias("billing.usage-hold")]
public sealed record UsageHold(
    [property: Id(0)] string Tenant,
    [property: Id(1)] string Subscription,
    [property: Id(2)] string Change,
    [property: Id(3)] int Revision,
    [property: Id(4)] Instant From,
    [property: Id(5)] bool Exactly,
    [property: Id(6)] bool Backdated = false);
