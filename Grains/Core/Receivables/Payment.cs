using NodaTime;
using OrleansBilling.Core.Amounts;

namespace OrleansBilling.Core.Receivables;

/// <summary>Money that came in.</summary>
/// <param name="Id">Chosen by the caller; unique among the customer's.</param>
/// <param name="Amount">Above zero.</param>
/// <param name="ReceivedAt">When it came.</param>
/// <param name="Method">How, in the caller's words; may be null.</param>
/// <param name="Reference">Of a bank or a payment provider; may be null.</param>
/// <param name="RecordedAt">The tenant's clock when it was told.</param>
public sealed record Payment(string Id, Money Amount, Instant ReceivedAt, string? Method, string? Reference, Instant RecordedAt);
