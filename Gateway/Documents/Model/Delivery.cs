using NodaTime;

namespace OrleansBilling.Documents;

/// <summary>Where and when it was supplied, BG-13 and BG-15: needed for intra-community supply (BR-IC-11, BR-IC-12).</summary>
/// <param name="Date">BT-72.</param>
/// <param name="Address">BG-15; its country is BT-80.</param>
public sealed record Delivery(LocalDate? Date = null, PostalAddress? Address = null);
