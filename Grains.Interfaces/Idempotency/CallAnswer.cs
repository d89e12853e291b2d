using NodaTime;

namespace OrleansBilling.Contracts.Idempotency;

/// <summary>The answer to a call, kept for its repeats.</summary>
/// <param name="Fingerprint">Hash of everything that the request asked for.</param>
/// <param name="At">When it was answered, by the clock of the wall.</param>
/// <param name="Status">HTTP status.</param>
/// <param name="ContentType">Of the body; null without one.</param>
/// <param name="Location">Address of what was made; null without one.</param>
/// <param name="Body">The body, sealed when <paramref name="Sealed"/>.</param>
/// <param name="Sealed">Whether the body shows a secret and can only be opened with the API key of the first caller.</param>
[GenerateSerializer, Immutable, Alias("billing.call-answer")]
public sealed record CallAnswer(
    [property: Id(0)] string Fingerprint,
    [property: Id(1)] Instant At,
    [property: Id(2)] int Status,
    [property: Id(3)] string? ContentType,
    [property: Id(4)] string? Location,
    [property: Id(5)] byte[] Body,
    [property: Id(6)] bool Sealed)
{
    /// <summary>How long an answer is kept.</summary>
    public static readonly Duration KeptFor = Duration.FromDays(31);

    /// <summary>The largest body that is kept, in bytes; a call with a larger answer is carried out again, which its ids make safe.</summary>
    public const int MaxBody = 256 * 1024;
}
