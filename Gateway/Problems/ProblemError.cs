using OrleansBilling.Core.Documents;

namespace OrleansBilling.Gateway.Problems;

/// <summary>One thing wrong with a request. What was sent is told of, not sent back: texts are at most 1,000 characters long.</summary>
/// <param name="Code">Stable and dotted; listed in docs/api.md.</param>
/// <param name="Message">A sentence for people that says how to put it right; not stable.</param>
/// <param name="Pointer">JSON pointer into the body; empty for the whole body, null when it is not about the
/// body. Of a place with very long names, the part of the body that holds it.</param>
/// <param name="Parameter">Name of the query parameter or header concerned; null when it is about the body.</param>
public sealed record ProblemError(string Code, string Message, string? Pointer, string? Parameter = null)
{
    private const int Longest = 1_000;

    /// <summary>A sentence for people.</summary>
    public string Message { get; init; } = Message.Length <= Longest ? Message : $"{Message[..Longest]}…";

    /// <summary>Where in the body it is.</summary>
    public string? Pointer { get; init; } = Pointer is not { Length: > Longest } ? Pointer : Pointer[..Pointer.LastIndexOf('/', Longest)];

    /// <summary>Where a YAML body has it; null for other bodies.</summary>
    public TextPosition? At { get; init; }
}
