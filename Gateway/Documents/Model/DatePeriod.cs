using NodaTime;

namespace OrleansBilling.Documents;

/// <summary>Whole days something is for, both ends included: BG-14 of a document, BG-26 of a line.</summary>
/// <param name="Start">First day (BT-73, BT-134).</param>
/// <param name="End">Last day, not before the first (BT-74, BT-135; BR-29, BR-30). Of a half-open billing period it is
/// the day before the one it ends on.</param>
public sealed record DatePeriod(LocalDate Start, LocalDate End);
