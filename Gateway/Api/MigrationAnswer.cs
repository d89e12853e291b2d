using NodaTime;
using OrleansBilling.Contracts.Migrations;

namespace OrleansBilling.Gateway.Api;

/// <summary>A migration as it is.</summary>
/// <param name="Status">previewed, applying or applied.</param>
/// <param name="Ready">Subscriptions that could be moved when it was previewed, and have no result yet.</param>
/// <param name="Scheduled">Subscriptions whose change is made.</param>
/// <param name="Refused">Subscriptions that cannot be moved, and stay.</param>
/// <param name="Kept">Subscriptions that stay because that was asked for.</param>
/// <param name="Items">By subscription; empty in a listing.</param>
internal sealed record MigrationAnswer(
    string Id,
    string Plan,
    int FromVersion,
    int ToVersion,
    string AgreedTerms,
    string Status,
    Instant PreviewedAt,
    Instant? AppliedAt,
    int Ready,
    int Scheduled,
    int Refused,
    int Kept,
    MigrationItemAnswer[] Items)
{
    public static MigrationAnswer Of(MigrationView view) => new(
        view.Spec.Id, view.Spec.Plan, view.Spec.FromVersion, view.ToVersion, view.Spec.DropTerms ? "drop" : "keep", view.Status, view.PreviewedAt,
        view.AppliedAt, Count(view, MigrationOutcome.Ready), Count(view, MigrationOutcome.Scheduled), Count(view, MigrationOutcome.Refused),
        Count(view, MigrationOutcome.Kept),
        Array.ConvertAll(view.Items, i => new MigrationItemAnswer(
            i.Subscription, i.Customer, i.Outcome, i.EffectiveAt, i.Error?.Code, i.Error?.Message)));

    private static int Count(MigrationView view, string outcome) => view.Items.Count(i => i.Outcome == outcome);
}

/// <summary>One subscription of a migration.</summary>
/// <param name="Outcome">ready, scheduled, refused or kept.</param>
/// <param name="EffectiveAt">First instant of the new version.</param>
/// <param name="Code">Why it is refused.</param>
/// <param name="Message">The same in words.</param>
internal sealed record MigrationItemAnswer(
    string Subscription, string Customer, string Outcome, Instant? EffectiveAt, string? Code, string? Message);
