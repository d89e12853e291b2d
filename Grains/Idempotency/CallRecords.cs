using NodaTime;
using OrleansBilling.Contracts.Idempotency;

namespace OrleansBilling.Grains.Idempotency;

/// <summary>A call with an idempotency key was answered.</summary>
/// <param name="Tenant">Whose call it was.</param>
/// <param name="Call">Hash of the idempotency key.</param>
/// <param name="Answer">What was said.</param>
internal sealed record CallAnswered(string Tenant, string Call, CallAnswer Answer);

/// <summary>The same in a snapshot: only where in the log the answer is.</summary>
internal sealed record CallHeld(string Tenant, string Call, string Fingerprint, Instant At, long Lsn);
