using NodaTime;
using OrleansBilling.Contracts.ReRating;

namespace OrleansBilling.Grains.ReRating;

/// <summary>Somebody asked what a corrected plan changes.</summary>
internal sealed record ReRatingPreviewed(string Tenant, ReRatingView View);

/// <summary>It is decided that it shall be so; from here on it is carried on whatever crashes.</summary>
/// <param name="Version">That a draft was published as; null where a published version was previewed.</param>
internal sealed record ReRatingStarted(string Tenant, string Id, Instant At, int? Version = null);

/// <summary>Every subscription has it.</summary>
internal sealed record ReRatingApplied(string Tenant, string Id);

/// <summary>Periods of a subscription are rated by another version of a plan than was in force. <see cref="Records.PlanLearned"/> of it
/// came before. Also in snapshots.</summary>
/// <param name="Id">Of the re-rating.</param>
/// <param name="WrongVersion">What it is instead of, by the corrections before it.</param>
/// <param name="BilledFrom">The first period whose invoice knows it; invoices before it stay.</param>
/// <param name="Variants">Whether agreed terms and phases are corrected, too; an earlier program, which did not, did not write it.</param>
internal sealed record PeriodsReRated(
    string Tenant, string Subscription, string Id, string Plan, int WrongVersion, int CorrectedVersion, int FirstPeriod, int LastPeriod,
    int BilledFrom, bool Variants = false);
