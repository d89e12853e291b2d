namespace OrleansBilling.Contracts.Migrations;

/// <summary>Asks to move subscriptions of a plan version to another version of the plan, each at its next period start.</summary>
/// <param name="Id">1–128 characters; unique in the tenant.</param>
/// <param name="FromVersion">The version that they have.</param>
/// <param name="ToVersion">The version that they get; the newest when null.</param>
/// <param name="Customers">Only theirs; empty for all.</param>
/// <param name="Subscriptions">Only these; empty for all.</param>
/// <param name="Keep">Subscriptions that stay on their version.</param>
/// <param name="DropTerms">Whether what a subscription has agreed otherwise than the plan ends; else it goes on under the new version.</param>
[GenerateSerializer, Immutable, Alias("billing.migration-spec")]
public sealed record MigrationSpec(
    [property: Id(0)] string Id,
    [property: Id(1)] string Plan,
    [property: Id(2)] int FromVersion,
    [property: Id(3)] int? ToVersion,
    [property: Id(4)] string[] Customers,
    [property: Id(5)] string[] Subscriptions,
    [property: Id(6)] string[] Keep,
    [property: Id(7)] bool DropTerms);
