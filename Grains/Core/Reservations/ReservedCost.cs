using OrleansBilling.Core.Amounts;

namespace OrleansBilling.Core.Reservations;

/// <summary>What reserved usage can add to the line of a charge.</summary>
/// <param name="Index">The charge's place in the plan.</param>
/// <param name="Charge">Its id.</param>
/// <param name="More">Beyond what is used; not negative.</param>
/// <param name="Exact">The same before the line is rounded, in major units.</param>
public sealed record ReservedCost(int Index, string Charge, Money More, decimal Exact);
