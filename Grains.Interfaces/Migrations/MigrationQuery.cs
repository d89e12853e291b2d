namespace OrleansBilling.Contracts.Migrations;

/// <summary>Asks a partition which of its subscriptions a migration concerns.</summary>
/// <param name="Limit">Most subscriptions to answer.</param>
[GenerateSerializer, Immutable, Alias("billing.migration-query")]
public sealed record MigrationQuery(
    [property: Id(0)] string Tenant,
    [property: Id(1)] MigrationSpec Spec,
    [property: Id(2)] Partitions.PlanTerms To,
    [property: Id(3)] int Limit);
