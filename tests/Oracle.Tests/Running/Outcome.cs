namespace OrleansBilling.Oracle.Running;

/// <summary>What came of a case.</summary>
/// <param name="Difference">The first disagreement; null when there is none.</param>
/// <param name="Inexact">How many events were refused because they cannot be rated in 28 digits: where there are any, nothing else is
/// compared.</param>
/// <param name="Judged">Lines that were compared.</param>
internal readonly record struct Outcome(string? Difference, int Inexact = 0, int Judged = 0)
{
    internal const string Invalid = "The engine refuses the plan: ";
}
