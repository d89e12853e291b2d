using NodaTime;
using OrleansBilling.Contracts.Common;

namespace OrleansBilling.Contracts.Migrations;

/// <summary>One subscription of a migration.</summary>
/// <param name="Outcome">One of <see cref="MigrationOutcome"/>.</param>
/// <param name="EffectiveAt">First instant of the new version; null where there is none.</param>
/// <param name="Error">Why it is refused; null where it is not.</param>
[GenerateSerializer, Immutable, Alias("billing.migration-item")]
public sealed record MigrationItem(
    [property: Id(0)] string Subscription,
    [property: Id(1)] string Customer,
    [property: Id(2)] string Outcome,
    [property: Id(3)] Instant? EffectiveAt,
    [property: Id(4)] CommandError? Error);
