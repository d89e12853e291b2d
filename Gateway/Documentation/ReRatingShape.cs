using NodaTime;

namespace OrleansBilling.Gateway.Documentation;

/// <summary>Asks what periods would have cost by a corrected version of the plan that was in force.</summary>
/// <param name="Plan">Id of the plan.</param>
/// <param name="WrongVersion">The version that was in force.</param>
/// <param name="CorrectedVersion">A published version of the same plan; left out where a definition is given.</param>
/// <param name="Definition">A plan as it would be published; applying it publishes it first.</param>
/// <param name="From">Periods that end after this instant.</param>
/// <param name="To">Periods that begin before this instant.</param>
/// <param name="Customers">Only of these customers, at most 1,000; all when left out.</param>
/// <param name="Subscriptions">Only these subscriptions, at most 1,000; all when left out.</param>
internal sealed record ReRatingShape(
    string Id,
    string Plan,
    int WrongVersion,
    int? CorrectedVersion,
    PlanShape? Definition,
    Instant From,
    Instant To,
    string[]? Customers,
    string[]? Subscriptions);
