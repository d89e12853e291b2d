using NodaTime;

namespace OrleansBilling.Core.Balances;

/// <summary>A balanced entry of a customer's journal. It never changes.</summary>
/// <param name="Number">1 for the customer's first, without gaps.</param>
/// <param name="Kind">A name of <see cref="JournalKinds"/>.</param>
/// <param name="At">When it takes effect; of an expiry, the instant of expiry.</param>
/// <param name="RecordedAt">The tenant's clock when it was posted; not before <paramref name="At"/>.</param>
/// <param name="Reference">Number of the invoice, or id of the grant.</param>
/// <param name="Postings">They add up to zero.</param>
public sealed record JournalEntry(
    int Number, string Kind, Instant At, Instant RecordedAt, string Reference, IReadOnlyList<Posting> Postings);
