using NodaTime;

namespace OrleansBilling.Contracts.Migrations;

/// <summary>A migration as it is.</summary>
/// <param name="ToVersion">As it was found when it was previewed.</param>
/// <param name="Status">One of <see cref="MigrationStatus"/>.</param>
/// <param name="Items">By subscription: as previewed, and with its result once it has one.</param>
[GenerateSerializer, Immutable, Alias("billing.migration")]
public sealed record MigrationView(
    [property: Id(0)] MigrationSpec Spec,
    [property: Id(1)] int ToVersion,
    [property: Id(2)] string Status,
    [property: Id(3)] Instant PreviewedAt,
    [property: Id(4)] Instant? AppliedAt,
    [property: Id(5)] MigrationItem[] Items)
{
    /// <summary>Id of the change that it makes of each subscription.</summary>
    public static string ChangeId(string migration) => $"migration:{migration}";
}
