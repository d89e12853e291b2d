namespace OrleansBilling.Contracts.Common;

/// <summary>Why a command was refused: what was wrong, where, and what to do.</summary>
/// <param name="Code">Stable dotted code, e.g. <c>device.unknown</c>; documented in docs/api.md.</param>
/// <param name="Message">A sentence for people that says how to put it right.</param>
/// <param name="Pointer">JSON pointer into the request body; null when the error is not about one field.</param>
[GenerateSerializer, Immutable, Alias("billing.command-error")]
public sealed record CommandError(
    [property: Id(0)] string Code,
    [property: Id(1)] string Message,
    [property: Id(2)] string? Pointer = null);
