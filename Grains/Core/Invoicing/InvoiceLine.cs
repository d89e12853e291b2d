using NodaTime;
using OrleansBilling.Core.Amounts;
using OrleansBilling.Core.Rating;

namespace OrleansBilling.Core.Invoicing;

/// <summary>A final, rounded amount on a bill.</summary>
/// <param name="Number">1 for the first line of the invoice.</param>
/// <param name="ChargeId">The charge in its plan.</param>
/// <param name="Description">For people.</param>
/// <param name="Kind"><c>usage</c>, <c>recurring</c>, <c>oneTime</c>, <c>minimum</c>, <c>maximum</c>, <c>discount</c>,
/// <c>earlyTermination</c>, <c>lateUsage</c>, <c>correction</c> or <c>reRating</c>.</param>
/// <param name="Subscription">Id of the subscription; empty on a line of the customer's <paramref name="Agreement"/>.</param>
/// <param name="PeriodStart">First instant the line is for; of the original period for late and corrected usage.</param>
/// <param name="PeriodEnd">First instant it is no longer for.</param>
/// <param name="Quantity">In <paramref name="Unit"/>.</param>
/// <param name="Unit">The priced unit; null where nothing is measured.</param>
/// <param name="Events">Usage events behind it.</param>
/// <param name="ExactAmount">Major units, not rounded to the minor unit.</param>
/// <param name="Amount">Rounded once.</param>
/// <param name="Steps">How the amount came about.</param>
/// <param name="Plan">The plan it was rated with; only where several were in force in the period, or a corrected one.</param>
/// <param name="PlanVersion">Its version; only where <paramref name="Plan"/> is.</param>
/// <param name="TaxClass">Of the charge; null where its plan says none.</param>
/// <param name="Agreement">Of a line that is for all subscriptions of the customer: the id of the agreement; null on others.</param>
public sealed record InvoiceLine(
    int Number,
    string ChargeId,
    string Description,
    string Kind,
    string Subscription,
    Instant PeriodStart,
    Instant PeriodEnd,
    decimal Quantity,
    string? Unit,
    long Events,
    decimal ExactAmount,
    Money Amount,
    IReadOnlyList<RatingStep> Steps,
    string? Plan = null,
    int? PlanVersion = null,
    string? Agreement = null,
    string? TaxClass = null);
